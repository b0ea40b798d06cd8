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
    public static LatencyDigest? Of(HistogramBase? microseconds) => microseconds is not { TotalCount: > 0 } some
        ? null
        : new LatencyDigest(some.TotalCount, At(some, 50), Known(some, 90), Known(some, 99), Known(some, 99.9),
            TimeSpan.FromMicroseconds(some.GetMaxValue()));

    /// <summary>The smallest recorded value (to the histogram's precision) that this share of the values did not exceed.</summary>
    public static TimeSpan At(HistogramBase microseconds, double percentile) =>
        TimeSpan.FromMicroseconds(microseconds.GetValueAtPercentile(percentile));

    private static TimeSpan? Known(HistogramBase microseconds, double percentile) =>
        microseconds.TotalCount * (100 - (decimal)percentile) >= 100 ? At(microseconds, percentile) : null;
}

/// <summary>A row of the table of quantiles.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">One step of it; null for the whole iteration, counted from its due time.</param>
/// <param name="Phase">The phase in which the arrivals were due.</param>
/// <param name="Latency">What was measured.</param>
internal sealed record LatencyRow(string Scenario, string? Step, Phase Phase, LatencyDigest Latency)
{
    /// <summary>Every distribution by scenario, whole iterations before their steps, then by phase.</summary>
    public static IReadOnlyList<LatencyRow> Of(RunFacts facts) =>
    [
        .. from interval in facts.Latency
           where interval.Tag.Measure != LatencyTag.Lateness
           group interval.Microseconds by interval.Tag into tagged
           let digest = LatencyDigest.Of(Histograms.Sum(tagged))
           where digest is not null
           let scenario = facts.Scenarios.ToList().IndexOf(tagged.Key.Scenario)
           orderby scenario, tagged.Key.Step is not null, tagged.Key.Step, tagged.Key.Phase
           select new LatencyRow(tagged.Key.Scenario, tagged.Key.Step, tagged.Key.Phase, digest),
    ];
}
