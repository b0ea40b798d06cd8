using HdrHistogram;

namespace Harness.Load.Recording;

/// <summary>Keeps emptied histograms for the next second, since each is a large object of some 190 kB.</summary>
internal sealed class HistogramPool
{
    /// <summary>Microseconds from 1 to an hour; what is longer counts as an hour.</summary>
    public const long LongestMicroseconds = 3_600_000_000;

    /// <summary>The precision of every histogram here: an error below a thousandth.</summary>
    private const int Digits = 3;

    private static readonly LongHistogram Empty = Create();

    private readonly Lock _gate = new();
    private readonly Stack<LongHistogram> _idle = [];

    public static LongHistogram Create() => new(1, LongestMicroseconds, Digits);

    /// <summary>A copy to keep; one and the same for all that are empty.</summary>
    public static HistogramBase Copy(LongHistogram? histogram) =>
        histogram is null || histogram.TotalCount == 0 ? Empty : histogram.Copy();

    public static HistogramBase Sum(HistogramBase one, HistogramBase other)
    {
        if (other.TotalCount == 0)
            return one;
        if (one.TotalCount == 0)
            return other;
        HistogramBase sum = one.Copy();
        sum.Add(other);
        return sum;
    }

    public LongHistogram Rent()
    {
        lock (_gate)
        {
            if (_idle.TryPop(out LongHistogram? histogram))
                return histogram;
        }

        return Create();
    }

    public void Return(LongHistogram histogram)
    {
        histogram.Reset();
        lock (_gate)
            _idle.Push(histogram);
    }
}
