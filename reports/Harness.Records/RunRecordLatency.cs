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
