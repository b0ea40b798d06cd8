using HdrHistogram;

namespace Harness.Records;

/// <summary>A line of <c>latency.hlog</c>.</summary>
public sealed class LatencyInterval
{
    private readonly byte[]? _encoded;
    private readonly HistogramBase? _microseconds;

    public LatencyInterval(LatencyTag tag, TimeSpan start, TimeSpan length, HistogramBase microseconds)
    {
        (Tag, Start, Length, _microseconds) = (tag, start, length, microseconds);
    }

    internal LatencyInterval(LatencyTag tag, TimeSpan start, TimeSpan length, byte[] encoded)
    {
        (Tag, Start, Length, _encoded) = (tag, start, length, encoded);
    }

    public LatencyTag Tag { get; }

    /// <summary>Since the start of the run.</summary>
    public TimeSpan Start { get; }

    public TimeSpan Length { get; }

    /// <summary>The distribution, in microseconds. An interval that was read from disk decodes it anew at each call: decoded it takes
    /// some two hundred kilobytes, and an hour of them would not fit into memory.</summary>
    public HistogramBase Microseconds => _microseconds ?? LatencyCodec.Decode(_encoded!);
}
