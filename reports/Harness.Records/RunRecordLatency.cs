using HdrHistogram;

namespace Harness.Records;

/// <summary>Distributions over more than one interval.</summary>
public static class RunRecordLatency
{
    private const long HighestMicroseconds = 3_600_000_000;
    private const int SignificantDigits = 3;

    /// <summary>The whole distribution of one tag, in microseconds: by the phase in which the arrivals were due.</summary>
    /// <param name="record">A record, whole or cut short.</param>
    /// <param name="phase">The phase of the arrivals.</param>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="measure">As in <see cref="LatencyTag"/>.</param>
    /// <returns>A histogram of its own; empty when nothing was measured.</returns>
    public static HistogramBase LatencyBy(this RunRecord record, Phase phase, string scenario, string measure) =>
        Merge(record.Latency.Where(interval => interval.Tag == new LatencyTag(phase, scenario, measure)));

    /// <summary>The smallest recorded value that at least <paramref name="quantile"/> of the values did not exceed.</summary>
    /// <param name="histogram">Not empty.</param>
    /// <param name="quantile">A ratio in (0, 1]; 0.99 for the 99th percentile.</param>
    /// <returns>The upper end of the value's bucket: up to 0.1 % more than was recorded, never less.</returns>
    /// <exception cref="ArgumentException">The histogram is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="quantile"/> is outside (0, 1].</exception>
    /// <remarks>Nearest rank: entry ⌈q·n⌉, counted from 1. The package's own percentile rounds q·n to the nearest whole number, one
    /// entry too low for 0.99 of 160 values.</remarks>
    public static long AtQuantile(this HistogramBase histogram, decimal quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        long rank = (long)Math.Ceiling(quantile * histogram.TotalCount);
        long seen = 0;
        foreach (var value in histogram.RecordedValues())
        {
            seen += value.CountAtValueIteratedTo;
            if (seen >= rank)
                return histogram.HighestEquivalentValue(value.ValueIteratedTo);
        }

        throw new ArgumentException("An empty histogram has no quantiles.", nameof(histogram));
    }

    /// <summary>One histogram of all the intervals, three digits exact.</summary>
    public static HistogramBase Merge(IEnumerable<LatencyInterval> intervals)
    {
        var merged = new LongHistogram(1, HighestMicroseconds, SignificantDigits);
        foreach (LatencyInterval interval in intervals)
        {
            HistogramBase next = interval.Microseconds;
            if (next.HighestTrackableValue > merged.HighestTrackableValue)
            {
                var wider = new LongHistogram(1, next.HighestTrackableValue, SignificantDigits);
                wider.Add(merged);
                merged = wider;
            }

            merged.Add(next);
        }

        return merged;
    }
}
