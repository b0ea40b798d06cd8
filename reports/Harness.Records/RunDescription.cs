namespace Harness.Records;

/// <summary><c>run.json</c>: what was asked for, and everything needed to ask for it again.</summary>
public sealed record RunDescription
{
    /// <summary>The version of the whole record's format; readers refuse a newer one than they know.</summary>
    public const int CurrentFormatVersion = 1;

    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>The folder's name: UTC start and experiment, <c>20261122T221005Z-payments-partition</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    public string? Hypothesis { get; init; }

    /// <summary>Fixes the plan (arrivals, keys, faults), not the target's threads.</summary>
    public required int Seed { get; init; }

    /// <summary>The command that repeats this run.</summary>
    public required string Command { get; init; }

    /// <summary>The commit that the harness was built from; null outside a checkout.</summary>
    public string? Commit { get; init; }

    public required string HarnessVersion { get; init; }

    /// <summary>A seeded Random may give another sequence under another runtime, so it stands beside the seed.</summary>
    public required string RuntimeVersion { get; init; }

    public required MachineDescription Machine { get; init; }

    /// <summary>Where services and stores came from: <c>embedded</c>, <c>local</c>, <c>docker</c> or <c>external</c>.</summary>
    public required string Environment { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The switches of the order system, by name.</summary>
    public IReadOnlyDictionary<string, string> Target { get; init; } = new Dictionary<string, string>();

    /// <summary>The values that set this run apart from the others of its matrix, by switch or variable; empty without a matrix.</summary>
    public IReadOnlyDictionary<string, string> Variant { get; init; } = new Dictionary<string, string>();

    /// <summary>What its author predicts to fail, because this run shows how not to do it; null for a run that is to hold.</summary>
    public Prediction? Predicted { get; init; }

    public IReadOnlyList<PlannedLoad> Load { get; init; } = [];

    public IReadOnlyList<PlannedPhase> Timeline { get; init; } = [];

    public IReadOnlyList<PlannedFault> Faults { get; init; } = [];

    public IReadOnlyList<Expectation> Expect { get; init; } = [];

    /// <summary>Every edge of the environment, <c>client -> orders</c>, in a stable order: the map of the system.</summary>
    public IReadOnlyList<string> Edges { get; init; } = [];

    /// <summary>The experiment as it was written (YAML), whole; null when it was built in code.</summary>
    public string? Source { get; init; }
}

/// <summary>Why and by what a run shows how not to do it.</summary>
/// <param name="Fails">Checks by name, and kinds of expectations (<c>availability</c>) under the fault or after it: of each at least one fails.</param>
/// <param name="Because">A sentence for people; null for none.</param>
public sealed record Prediction(IReadOnlyList<string> Fails, string? Because);

/// <summary>What the run was made on.</summary>
public sealed record MachineDescription(string OperatingSystem, string Architecture, int Processors, long MemoryBytes);

/// <summary>One stream of arrivals.</summary>
/// <param name="Scenario">What one virtual user does once.</param>
/// <param name="Shape">How arrivals are spread: <c>constant</c>, <c>poisson</c>, <c>ramp</c>, …; <c>users</c> for the closed model.</param>
/// <param name="RatePerSecond">Arrivals a second on average; 0 for the closed model, and where the scenario's own code says it.</param>
public sealed record PlannedLoad(string Scenario, string Shape, double RatePerSecond)
{
    /// <summary>Virtual users of the closed model; null for the open one.</summary>
    public int? Users { get; init; }
}

public sealed record PlannedPhase(Phase Phase, TimeSpan Duration);

/// <summary>A fault as planned.</summary>
/// <param name="Name">Unique within the run; the events of the fault carry it as their subject.</param>
/// <param name="Kind"><c>latency</c>, <c>partition</c>, <c>pause</c>, …</param>
/// <param name="Edges">The links it is put on; none for a fault of a part.</param>
/// <param name="At">From the start of the fault phase.</param>
/// <param name="For">How long until it is healed.</param>
/// <param name="Parameters">What the kind needs beyond that, as text with units: <c>delay: 200ms</c>.</param>
public sealed record PlannedFault(
    string Name,
    string Kind,
    IReadOnlyList<string> Edges,
    TimeSpan At,
    TimeSpan For,
    IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>The services and stores it is put on; none for a fault of links.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}
