using HdrHistogram;
using Harness.Checks.Pacelc;
using Harness.Records;
using Harness.Reports.Gates;

namespace Harness.Reports.Comparing;

/// <summary>Latencies as they came, a block for each interval of the record, so that whole blocks can be drawn again.</summary>
internal sealed class LatencyBlocks
{
    private const int Draws = 200;

    /// <summary>Of each bound alone, so that both together hold in 95 of 100 cases.</summary>
    private const double Confidence = 0.975;

    private readonly HistogramBase _microseconds;
    private readonly (long Value, int Block, long Count)[] _cells;
    private readonly int _blocks;

    /// <param name="intervals">Of one measure and phase, of one run or of several like it.</param>
    public LatencyBlocks(IReadOnlyList<LatencyInterval> intervals)
    {
        _microseconds = RunRecordLatency.Merge(intervals);
        _blocks = intervals.Count;
        _cells =
        [
            .. intervals.SelectMany((interval, block) => interval.Microseconds is var values
                ? values.RecordedValues().Select(value => (Value: values.HighestEquivalentValue(value.ValueIteratedTo), block, value.CountAtValueIteratedTo))
                : []).OrderBy(cell => cell.Value),
        ];
    }

    public long Count => _microseconds.TotalCount;

    /// <summary>The quantile and what it may as well be, at 95 %: the wider of the bounds by order statistics and of those from drawing
    /// whole blocks again; null where fewer than one value lies above it.</summary>
    /// <remarks>Order statistics: Hahn and Meeker 1991, 5.2. Blocks: percentile bootstrap, Künsch 1989, 200 draws from a fixed seed.</remarks>
    public QuantileEstimate? At(decimal quantile)
    {
        if (Count == 0 || Count * (1 - quantile) < 1)
            return null;
        (double lower, double upper) = BinomialBounds.Quantile(_microseconds, quantile, Confidence);
        TimeSpan value = TimeSpan.FromMicroseconds(_microseconds.AtQuantile(quantile));
        if (lower == 0 || double.IsInfinity(upper))
            return new QuantileEstimate(value, null, null);
        long[] drawn = Drawn(quantile);
        return new QuantileEstimate(
            value,
            TimeSpan.FromMicroseconds(Math.Min(lower, drawn[(int)Math.Ceiling((1 - Confidence) * Draws) - 1])),
            TimeSpan.FromMicroseconds(Math.Max(upper, drawn[(int)Math.Ceiling(Confidence * Draws) - 1])));
    }

    private long[] Drawn(decimal quantile)
    {
        var random = new Random(_blocks);
        var values = new long[Draws];
        int[] weights = new int[_blocks];
        for (int draw = 0; draw < Draws; draw++)
        {
            Array.Clear(weights);
            for (int i = 0; i < _blocks; i++)
                weights[random.Next(_blocks)]++;
            values[draw] = AtRank(weights, quantile);
        }

        Array.Sort(values);
        return values;
    }

    private long AtRank(int[] weights, decimal quantile)
    {
        long total = 0, seen = 0, last = 0;
        foreach ((_, int block, long count) in _cells)
            total += weights[block] * count;
        long rank = (long)Math.Ceiling(quantile * total);
        foreach ((long value, int block, long count) in _cells)
        {
            last = value;
            if ((seen += weights[block] * count) >= rank)
                break;
        }

        return last;
    }
}

/// <summary>A quantile of latency with its doubt, at 95 %.</summary>
/// <param name="Value">One of the recorded values.</param>
/// <param name="Lower">Null, as <paramref name="Upper"/>, where there are too few values for bounds.</param>
/// <param name="Upper">At least <paramref name="Value"/>.</param>
public sealed record QuantileEstimate(TimeSpan Value, TimeSpan? Lower, TimeSpan? Upper)
{
    /// <summary>This less another, in milliseconds; null where one of them has no bounds.</summary>
    /// <remarks>Squares of the distances to the bounds are added up: MOVER, Zou and Donner 2008.</remarks>
    public Difference? Minus(QuantileEstimate other)
    {
        if (Lower is not { } low || Upper is not { } high || other.Lower is not { } otherLow || other.Upper is not { } otherHigh)
            return null;
        double d = (Value - other.Value).TotalMilliseconds;
        return new Difference(
            d,
            d - Length((Value - low).TotalMilliseconds, (otherHigh - other.Value).TotalMilliseconds),
            d + Length((high - Value).TotalMilliseconds, (other.Value - otherLow).TotalMilliseconds));
    }

    private static double Length(double a, double b) => Math.Sqrt((a * a) + (b * b));
}
