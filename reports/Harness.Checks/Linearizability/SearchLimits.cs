namespace Harness.Checks.Linearizability;

/// <summary>How much a search may spend before its answer is unknown.</summary>
public sealed record SearchLimits
{
    /// <value>60 s by default.</value>
    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Nodes remembered over all keys at some 100 bytes each.</summary>
    /// <value>4 million by default.</value>
    public long VisitedNodes { get; init; } = 4_000_000;

    /// <summary>Keys that are searched at once.</summary>
    /// <value>One for each processor by default.</value>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
