using HdrHistogram;

namespace Harness.Load.Recording;

/// <summary>Keeps emptied histograms for the next second, since each is a large object of some 190 kB.</summary>
internal sealed class HistogramPool
{
    private readonly Lock _gate = new();
    private readonly Stack<LongHistogram> _idle = [];

    /// <summary>Microseconds from 1 to an hour; what is longer counts as an hour.</summary>
    public const long LongestMicroseconds = 3_600_000_000;

    /// <summary>The precision of every histogram here: an error below a thousandth.</summary>
    private const int Digits = 3;

    public static LongHistogram Create() => new(1, LongestMicroseconds, Digits);

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
