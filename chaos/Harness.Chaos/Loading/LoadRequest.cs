using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;
using Harness.Load;

namespace Harness.Chaos.Loading;

/// <summary>One run of one load, without faults.</summary>
public sealed record LoadRequest
{
    public required LoadPlan Plan { get; init; }

    /// <summary>Where the order system is started for this run; null when nothing is started.</summary>
    public IEnvironmentKind? Environment { get; init; }

    /// <summary>The command that starts the order system, one word an entry.</summary>
    public required IReadOnlyList<string> TargetCommand { get; init; }

    /// <summary>The command that starts <see cref="GarnetStore"/>, one word an entry.</summary>
    public required IReadOnlyList<string> StoreCommand { get; init; }

    /// <summary>Makes the order system's scenarios.</summary>
    public required ScenarioFactory Scenarios { get; init; }

    /// <summary>Told of every second, beside the record.</summary>
    public IReadOnlyList<ILoadObserver> Observers { get; init; } = [];

    public required int Seed { get; init; }

    public required string RunsFolder { get; init; }

    /// <summary>The command that repeats this run, for the record.</summary>
    public required string Command { get; init; }

    /// <summary>The file that the load was read from, whole; null when there was none.</summary>
    public string? Source { get; init; }

    public required string HarnessVersion { get; init; }

    public string? Commit { get; init; }
}

/// <summary>What a load left.</summary>
/// <param name="Run">How it ended, and its record.</param>
/// <param name="Result">Null when it never began.</param>
public sealed record LoadOutcome(RunOutcome Run, LoadResult? Result);
