namespace Harness.Load;

/// <summary>What came of a run.</summary>
public sealed record LoadResult
{
    /// <summary>Where the load started, as the run's <see cref="TimeProvider.GetTimestamp"/> has it.</summary>
    public required long StartTimestamp { get; init; }

    /// <summary>From the start to the end of the last iteration that was waited for: what rates are to be taken over.</summary>
    public required TimeSpan Duration { get; init; }

    public required int Seed { get; init; }

    /// <summary>Whether the run was ended from outside before its plan was done.</summary>
    public required bool Cancelled { get; init; }

    /// <summary>Why a threshold, a count of failures or a scenario ended the whole run before its plan was done; null when none did.</summary>
    public string? StopReason { get; init; }

    public required IReadOnlyList<ScenarioResult> Scenarios { get; init; }

    public IReadOnlyList<ThresholdResult> Thresholds { get; init; } = [];

    /// <summary>The same in NBomber's words.</summary>
    public IReadOnlyList<ScenarioStats> ScenarioStats => [.. Scenarios.Select(scenario => Load.ScenarioStats.Of(scenario.Total, Duration))];

    /// <summary>Iterations that ended, ok or not; NBomber's name.</summary>
    public long AllRequestCount => AllOkCount + AllFailCount;

    public long AllOkCount => Scenarios.Sum(scenario => scenario.Total.Ok);

    public long AllFailCount => Scenarios.Sum(scenario => scenario.Total.Refused + scenario.Total.Unknown);

    public required GeneratorCertificate Generator { get; init; }

    /// <summary>False when the generator, not the target, decided what was measured; <see cref="GeneratorCertificate.Problems"/> says why.</summary>
    public bool GeneratorKeptUp => Generator.Problems.Count == 0;
}

/// <summary>What came of one scenario.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Total">Over the whole run.</param>
/// <param name="Phases">The same by the phase in which arrivals were due, in order; phases without arrivals are left out.</param>
public sealed record ScenarioResult(string Scenario, ScenarioInterval Total, IReadOnlyList<ScenarioInterval> Phases);
