namespace Harness.Target.Chaos.Process;

/// <summary>The true clock, whose hands somebody may have moved; its stopwatch and its timers run true.</summary>
internal sealed class ShiftedTime(TimeProvider time) : TimeProvider
{
    private ChaosBoard? _board;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    /// <summary>Says who moves the hands.</summary>
    public void Follow(ChaosBoard board) => _board = board;

    public override DateTimeOffset GetUtcNow()
    {
        if (_board is null or { IsQuiet: true } || _board.Find<ClockOffset>(_ => true) is not { Fault: ClockOffset offset } held)
            return time.GetUtcNow();
        held.Count("readings of the clock");
        return time.GetUtcNow() + offset.By;
    }

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
