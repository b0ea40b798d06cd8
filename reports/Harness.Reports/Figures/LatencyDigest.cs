using Harness.Records;
using HdrHistogram;

namespace Harness.Reports.Figures;

/// <summary>The distribution of one measure in a few numbers.</summary>
/// <param name="Count">How many values it was made from; positive.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">Null, as every quantile below, where fewer than one value lies above it: there it is only the maximum again.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="P999">The 99.9th percentile.</param>
/// <param name="Max">The largest value, as exact as the histogram.</param>
internal sealed record LatencyDigest(long Count, TimeSpan P50, TimeSpan? P90, TimeSpan? P99, TimeSpan? P999, TimeSpan Max)
{
    /// <summary>Null when there is nothing to sum up.</summary>
    public static LatencyDigest? Of(IEnumerable<LatencyInterval> intervals) =>
        RunRecordLatency.Merge(intervals) is { TotalCount: > 0 } whole ? Of(whole) : null;

    private static LatencyDigest Of(HistogramBase microseconds) => new(
        microseconds.TotalCount,
        At(microseconds, 0.5m),
        Known(microseconds, 0.9m),
        Known(microseconds, 0.99m),
        Known(microseconds, 0.999m),
        TimeSpan.FromMicroseconds(microseconds.GetMaxValue()));

    private static TimeSpan At(HistogramBase microseconds, decimal quantile) =>
        TimeSpan.FromMicroseconds(microseconds.AtQuantile(quantile));

    private static TimeSpan? Known(HistogramBase microseconds, decimal quantile) =>
        microseconds.TotalCount * (1 - quantile) >= 1 ? At(microseconds, quantile) : null;
}
