using Harness.Chaos.Faults;
using Harness.Records;

namespace Harness.Chaos.Experiments;

/// <summary>Load, faults and expectations on one timeline: what a YAML file says, or what C# builds.</summary>
public sealed record Experiment
{
    /// <summary>Letters, digits and hyphens; names the record's folder.</summary>
    public required string Name { get; init; }

    /// <summary>What the author believes will hold, for people.</summary>
    public string? Hypothesis { get; init; }

    /// <summary>The switches of the order system, by name: <c>coordination</c>, <c>reads</c>, <c>resilience</c>.</summary>
    public IReadOnlyDictionary<string, string> Target { get; init; } = new Dictionary<string, string>();

    /// <summary>The values that set this run apart from the others of its matrix, by switch or variable; empty without a matrix.</summary>
    public IReadOnlyDictionary<string, string> Variant { get; init; } = new Dictionary<string, string>();

    /// <summary>What is predicted to fail, in the naive configuration of an experiment that has one; null for all others.</summary>
    public Prediction? Predicted { get; init; }

    /// <summary>The streams of arrivals; they start and end together.</summary>
    public required IReadOnlyList<LoadStream> Load { get; init; }

    public required Timeline Timeline { get; init; }

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public IReadOnlyList<Expectation> Expect { get; init; } = [];

    public IReadOnlyList<StopCondition> StopWhen { get; init; } = [];

    /// <summary>The YAML as it was read; null when built in code.</summary>
    public string? Source { get; init; }
}

/// <summary>How the arrivals of a stream are spread over time.</summary>
public enum ArrivalShape
{
    /// <summary>Evenly, one each 1/rate seconds.</summary>
    Constant,

    /// <summary>As independent users come: exponential gaps, drawn from the run's seed.</summary>
    Poisson,
}

/// <summary>One stream of arrivals.</summary>
/// <param name="Scenario">What one virtual user does once.</param>
/// <param name="Shape">How the arrivals are spread.</param>
/// <param name="RatePerSecond">Arrivals a second; in (0, <see cref="MaxRatePerSecond"/>].</param>
public sealed record LoadStream(string Scenario, ArrivalShape Shape, double RatePerSecond)
{
    /// <summary>Far beyond what one machine can offer; a rate above it is a slip of the pen.</summary>
    public const double MaxRatePerSecond = 100_000;
}

/// <summary>How long each phase lasts.</summary>
public sealed record Timeline
{
    /// <value>Default 3 s.</value>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(3);

    /// <value>Default 10 s.</value>
    public TimeSpan Baseline { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>Default 10 s.</value>
    public TimeSpan Fault { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>Default 10 s.</value>
    public TimeSpan Recovery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The most that the system is given to come to rest after the load; it ends as soon as the system rests.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The phases under load, in order; those of no length left out.</summary>
    public IReadOnlyList<PlannedPhase> UnderLoad =>
    [
        .. new PlannedPhase[]
        {
            new(Phase.Warmup, Warmup), new(Phase.Baseline, Baseline), new(Phase.Fault, Fault), new(Phase.Recovery, Recovery),
        }.Where(phase => phase.Duration > TimeSpan.Zero),
    ];

    /// <summary>From the first arrival to the last.</summary>
    public TimeSpan LoadDuration => Warmup + Baseline + Fault + Recovery;

    /// <summary>When the fault phase begins, from the first arrival.</summary>
    public TimeSpan FaultStart => Warmup + Baseline;
}

/// <summary>Ends the run, healing first.</summary>
/// <param name="Scenario">The scenario that is watched.</param>
public abstract record StopCondition(string Scenario);

/// <summary>Ends the run when a scenario's availability stays below a limit.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="BelowRatio">A ratio in [0, 1].</param>
/// <param name="Over">For how long without a break; whole seconds.</param>
public sealed record AvailabilityStop(string Scenario, double BelowRatio, TimeSpan Over) : StopCondition(Scenario);

/// <summary>Ends the run when so many iterations of a scenario failed one after the other.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Consecutive">At least 1. Counted over whole seconds in which none was ok, so never too early, and at most a second late.</param>
public sealed record FailuresStop(string Scenario, long Consecutive) : StopCondition(Scenario);
