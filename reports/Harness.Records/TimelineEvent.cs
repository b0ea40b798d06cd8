namespace Harness.Records;

/// <summary>What kind of thing happened; the words of <c>events.jsonl</c>.</summary>
public enum EventKind
{
    Note,
    RunStarted,
    EnvironmentReady,
    PhaseStarted,

    /// <summary><see cref="TimelineEvent.Numbers"/> has <c>othersCpuRatio</c>: the share of all processors that programs had meanwhile which are not the run's.</summary>
    PhaseEnded,

    FaultInjected,
    FaultHealed,

    /// <summary>What a fault was seen to do on the wire; <see cref="TimelineEvent.Numbers"/> has connections, chunks and bytes.</summary>
    FaultEvidence,

    /// <summary>What crossed the edges while the system was under load; <see cref="TimelineEvent.Numbers"/> has the bytes of each edge, both ways.</summary>
    Traffic,

    ProcessStarted,
    ProcessExited,

    /// <summary>The target came to rest: every saga terminal, every outbox empty.</summary>
    Settled,

    /// <summary>The settle phase ended before the target came to rest.</summary>
    NotSettled,

    /// <summary>A stop condition held: faults were healed and the load ended early.</summary>
    StopConditionMet,

    /// <summary>The last look of the load engine at a threshold; <see cref="TimelineEvent.Subject"/> names it, and
    /// <see cref="TimelineEvent.Numbers"/> has <c>held</c> (1 or 0) and in how many looks it did not hold.</summary>
    ThresholdJudged,

    /// <summary>The harness or its environment broke.</summary>
    HarnessFailed,

    Interrupted,
    RunEnded,
}

/// <summary>A line of <c>events.jsonl</c>: something that happened, on the run's clock.</summary>
public sealed record TimelineEvent
{
    /// <summary>Since the start of the run; on disk whole microseconds.</summary>
    public required TimeSpan At { get; init; }

    public required EventKind Kind { get; init; }

    /// <summary>What it happened to: a phase, a fault's name, a process.</summary>
    public string? Subject { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Detail { get; init; }

    /// <summary>Numbers worth keeping, each with its unit in its name.</summary>
    public IReadOnlyDictionary<string, double>? Numbers { get; init; }
}
