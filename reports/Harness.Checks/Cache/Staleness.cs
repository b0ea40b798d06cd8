using HdrHistogram;
using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Cache;

/// <summary>How far reads lagged behind.</summary>
/// <param name="Reads">Reads of a version that could be compared with something.</param>
/// <param name="Stale">Those that saw less than was known before they began.</param>
/// <param name="LagVersionsP99">Of the stale ones, by how many versions.</param>
/// <param name="LagP50">Of the stale ones, for how long a newer version had been known.</param>
/// <param name="LagP99">The same, for 99 of 100.</param>
/// <param name="LagMax">The same, at most.</param>
/// <param name="Worst">The read that lagged longest; null when none did.</param>
public sealed record StalenessMeasure(long Reads, long Stale, long LagVersionsP99, TimeSpan LagP50, TimeSpan LagP99, TimeSpan LagMax, Operation? Worst)
{
    /// <summary>0 when nothing was read.</summary>
    public double StaleRatio => Reads == 0 ? 0 : (double)Stale / Reads;
}

/// <summary>Measures staleness out of versions that rise with each write. A read is stale when it shows less than was acknowledged to a
/// writer, or shown to any
/// reader, before it began.</summary>
/// <remarks>Its lag is from the first such answer of a newer version to the beginning of the read. A write of unknown outcome makes
/// nothing stale. O(n log n).</remarks>
public static class Staleness
{
    private const long HighestMicroseconds = 3_600_000_000;
    private const int SignificantDigits = 3;

    public static StalenessMeasure Of(IReadOnlyList<Operation> history) => Of(VersionedSteps.Of(history));

    /// <summary>Every read of a version beside the newest that was known when it began.</summary>
    /// <param name="history">In any order; what is neither a versioned read nor a versioned write is passed over.</param>
    public static IEnumerable<ComparedRead> Reads(IReadOnlyList<Operation> history) => Reads(VersionedSteps.Of(history));

    internal static StalenessMeasure Of(SessionStep[] steps) => Of(Reads(steps));

    /// <summary>Sums up reads, of one history or of several.</summary>
    public static StalenessMeasure Of(IEnumerable<ComparedRead> compared)
    {
        var lags = new LongHistogram(1, HighestMicroseconds, SignificantDigits);
        var versions = new LongHistogram(1, HighestMicroseconds, SignificantDigits);
        long reads = 0;
        ComparedRead? worst = null;
        foreach (ComparedRead read in compared)
        {
            reads++;
            if (!read.IsStale)
                continue;

            lags.RecordValue(Math.Min((long)read.Lag.TotalMicroseconds, HighestMicroseconds));
            versions.RecordValue(Math.Min(read.LagVersions, HighestMicroseconds));
            worst = worst is null || read.Lag > worst.Value.Lag ? read : worst;
        }

        return lags.TotalCount == 0
            ? new StalenessMeasure(reads, 0, 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null)
            : new StalenessMeasure(
                reads, lags.TotalCount, versions.AtQuantile(0.99m), Quantile(lags, 0.5m), Quantile(lags, 0.99m), worst!.Value.Lag, worst.Value.Read);
    }

    private static IEnumerable<ComparedRead> Reads(SessionStep[] steps)
    {
        foreach (IGrouping<string, SessionStep> entity in steps.GroupBy(s => s.Source.Key))
        {
            var known = new KnownVersions(entity);
            foreach (SessionStep read in entity.Where(s => !s.IsWrite))
            {
                yield return known.NewestBefore(read.Source.Invoked) is { } newest && newest > read.Version
                    ? new ComparedRead(read.Source, newest - read.Version, read.Source.Invoked - known.FirstAbove(read.Version))
                    : new ComparedRead(read.Source, 0, TimeSpan.Zero);
            }
        }
    }

    private static TimeSpan Quantile(LongHistogram lags, decimal quantile) => TimeSpan.FromMicroseconds(lags.AtQuantile(quantile));
}

/// <summary>A read beside what was known when it began.</summary>
/// <param name="Read">The read itself.</param>
/// <param name="LagVersions">How many versions it lagged behind; 0 when it was fresh.</param>
/// <param name="Lag">For how long a newer version had been known; zero when it was fresh.</param>
public readonly record struct ComparedRead(Operation Read, long LagVersions, TimeSpan Lag)
{
    public bool IsStale => LagVersions > 0;
}
