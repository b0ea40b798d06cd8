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

    internal static StalenessMeasure Of(SessionStep[] steps)
    {
        var lags = new LongHistogram(1, HighestMicroseconds, SignificantDigits);
        var versions = new LongHistogram(1, HighestMicroseconds, SignificantDigits);
        long reads = 0;
        (TimeSpan Lag, Operation Read)? worst = null;
        foreach (IGrouping<string, SessionStep> entity in steps.GroupBy(s => s.Source.Key))
        {
            var known = new KnownVersions(entity);
            foreach (SessionStep read in entity.Where(s => !s.IsWrite))
            {
                reads++;
                if (known.NewestBefore(read.Source.Invoked) is not { } newest || newest <= read.Version)
                    continue;

                TimeSpan lag = read.Source.Invoked - known.FirstAbove(read.Version);
                lags.RecordValue(Math.Min((long)lag.TotalMicroseconds, HighestMicroseconds));
                versions.RecordValue(Math.Min(newest - read.Version, HighestMicroseconds));
                worst = worst is null || lag > worst.Value.Lag ? (lag, read.Source) : worst;
            }
        }

        return lags.TotalCount == 0
            ? new StalenessMeasure(reads, 0, 0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, null)
            : new StalenessMeasure(
                reads, lags.TotalCount, versions.AtQuantile(0.99m), Quantile(lags, 0.5m), Quantile(lags, 0.99m), worst!.Value.Lag, worst.Value.Read);
    }

    private static TimeSpan Quantile(LongHistogram lags, decimal quantile) => TimeSpan.FromMicroseconds(lags.AtQuantile(quantile));
}
