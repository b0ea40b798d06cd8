using Harness.Load;

namespace Harness.Chaos.Loading;

/// <summary>A load that can be run: every name is known, every number within its limits.</summary>
public sealed record LoadPlan
{
    /// <summary>What the record is called.</summary>
    public required string Name { get; init; }

    /// <summary>Shared by all scenarios; null when they bring their own.</summary>
    public required LoadSimulation? Simulation { get; init; }

    /// <summary>What the record says of the load: <c>constant</c>, …, <c>users</c>, <c>replay</c> or <c>own</c>.</summary>
    public required string Shape { get; init; }

    /// <summary>Arrivals a second on average, all scenarios together; 0 when nobody said it.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Virtual users; null in the open model.</summary>
    public required int? Users { get; init; }

    /// <summary>Without the warm-up.</summary>
    public required TimeSpan During { get; init; }

    public required TimeSpan WarmUp { get; init; }

    public required TimeSpan Think { get; init; }

    public required IReadOnlyList<MixPart> Mix { get; init; }

    /// <summary>Null unless a single address is asked.</summary>
    public UrlRequest? Request { get; init; }

    /// <summary>Those of a class library that the mix names; empty unless one was given.</summary>
    public IReadOnlyList<ScenarioProps> LibraryScenarios { get; init; } = [];

    /// <summary>Where the order system is, when somebody runs one already; by service.</summary>
    public IReadOnlyDictionary<string, Uri> Services { get; init; } = new Dictionary<string, Uri>();

    /// <summary>Whether the scenarios are the order system's.</summary>
    public bool IsOfOrderSystem => Request is null && LibraryScenarios.Count == 0;

    public required int MaxOpen { get; init; }

    public IReadOnlyList<(string Scenario, Threshold Threshold)> Thresholds { get; init; } = [];

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Gives a scenario its load, its weight and its thresholds.</summary>
    public ScenarioProps Prepare(ScenarioProps scenario)
    {
        Threshold[] thresholds = [.. Thresholds.Where(one => one.Scenario == scenario.ScenarioName).Select(one => one.Threshold)];
        ScenarioProps prepared = scenario
            .WithWeight(Mix.First(part => part.Scenario == scenario.ScenarioName).Weight)
            .WithThresholds([.. scenario.Thresholds, .. thresholds]);
        if (Simulation is not null)
            prepared = prepared.WithLoadSimulations(Simulation).WithWarmUpDuration(WarmUp);
        else if (WarmUp > TimeSpan.Zero)
            prepared = prepared.WithWarmUpDuration(WarmUp);
        return Think > TimeSpan.Zero ? prepared.WithThinkTime(Think) : prepared;
    }
}
