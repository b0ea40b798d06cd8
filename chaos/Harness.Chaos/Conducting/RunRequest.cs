using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Makes the scenario of that name, aimed at the services and writing its operations to the record; its load is added later.</summary>
public delegate ScenarioProps ScenarioFactory(string scenario, IReadOnlyList<RunningService> services, HistoryWriter history, RunClock clock, int seed);

/// <summary>One run of one experiment.</summary>
public sealed record RunRequest
{
    public required Experiment Experiment { get; init; }

    public required IEnvironmentKind Environment { get; init; }

    /// <summary>The command that starts the order system, one word an entry.</summary>
    public required IReadOnlyList<string> TargetCommand { get; init; }

    /// <summary>The command that starts <see cref="GarnetStore"/>, one word an entry.</summary>
    public required IReadOnlyList<string> StoreCommand { get; init; }

    public required ScenarioFactory Scenarios { get; init; }

    /// <summary>Fixes arrivals, keys and faults.</summary>
    public required int Seed { get; init; }

    /// <summary>The folder that records go into.</summary>
    public required string RunsFolder { get; init; }

    /// <summary>The command that repeats this run, for the record.</summary>
    public required string Command { get; init; }

    public required string HarnessVersion { get; init; }

    public string? Commit { get; init; }

    /// <summary>The port of the proxies' control API; 0 for any free one.</summary>
    public int ProxyApiPort { get; init; }
}

/// <summary>How a run ended, which is not what it proved.</summary>
public enum RunStatus
{
    /// <summary>The harness or its environment broke.</summary>
    Failed,

    /// <summary>The whole timeline was run.</summary>
    Completed,

    /// <summary>A stop condition ended it.</summary>
    Stopped,

    /// <summary>The user ended it.</summary>
    Interrupted,
}

/// <summary>What a run left.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Folder">Its record.</param>
/// <param name="Reason">Why it did not complete; null when it did.</param>
public sealed record RunOutcome(RunStatus Status, string Folder, string? Reason);
