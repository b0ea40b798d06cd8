using Harness.Load.Recording;

namespace Harness.Load.Running;

/// <summary>The clock of one load: planned moments, timestamps and microseconds, each from the other.</summary>
internal sealed class LoadClock(TimeProvider time, long startTimestamp)
{
    private readonly double _microsecondsPerTick = 1e6 / time.TimestampFrequency;
    private readonly double _ticksPerTimeSpanTick = (double)time.TimestampFrequency / TimeSpan.TicksPerSecond;

    public TimeProvider Time => time;

    public long StartTimestamp => startTimestamp;

    public long Timestamp => time.GetTimestamp();

    public TimeSpan Now => ElapsedAt(Timestamp);

    public TimeSpan ElapsedAt(long timestamp) => time.GetElapsedTime(startTimestamp, timestamp);

    // As a double: exact to 2⁵³ ns, a hundred days, where a product of longs would overflow within minutes.
    public long TimestampAt(TimeSpan elapsed) => startTimestamp + (long)(elapsed.Ticks * _ticksPerTimeSpanTick);

    /// <summary>Within what a histogram can hold: from 0 to an hour.</summary>
    public long Microseconds(long from, long to) =>
        Math.Clamp((long)((to - from) * _microsecondsPerTick), 0, HistogramPool.LongestMicroseconds);
}
