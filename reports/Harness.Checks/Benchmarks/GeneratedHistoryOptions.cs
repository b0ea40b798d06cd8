namespace Harness.Checks.Benchmarks;

/// <summary>What a generated history is like.</summary>
public sealed record GeneratedHistoryOptions
{
    public required int Operations { get; init; }

    public required int Clients { get; init; }

    public required int Seed { get; init; }

    /// <summary>How many values are written; null writes a new one each time (and then there can be no compare-and-set).</summary>
    public int? Values { get; init; } = 5;

    /// <value>A ratio in [0, 1]; what is neither read nor compare-and-set is a write.</value>
    public double ReadRatio { get; init; } = 0.5;

    /// <value>A ratio in [0, 1].</value>
    public double CasRatio { get; init; } = 0.25;

    /// <summary>Of the operations that took effect, the share whose answer never came.</summary>
    public double CrashRatio { get; init; }
}
