namespace Harness.Toxiproxy.Toxics;

/// <summary>When pieces of a stream may leave so that a rate is kept: each takes its time before it leaves, idle time earns nothing, and
/// what a timer was late is made up for by the next piece.</summary>
internal sealed class Pace
{
    private const int PieceMilliseconds = 100;

    private TimeSpan? _due;
    private TimeSpan? _next;
    private TimeSpan _late;

    /// <summary>How much of a chunk leaves at once: at most what the rate lets through in 100 ms.</summary>
    public static int PieceOf(int length, long bytesPerMillisecond) =>
        bytesPerMillisecond > length ? length : (int)Math.Min(length, bytesPerMillisecond * PieceMilliseconds);

    /// <summary>When the piece in hand may leave; the same answer until <see cref="Sent"/>.</summary>
    public TimeSpan DueAt(int piece, long bytesPerMillisecond, TimeSpan now) =>
        _due ??= (_next ?? now - _late) + TimeSpan.FromTicks(piece * TimeSpan.TicksPerMillisecond / bytesPerMillisecond);

    /// <summary>The piece in hand has left.</summary>
    /// <param name="now">When it did.</param>
    /// <param name="more">Whether another was waiting behind it, which then starts where this one should have ended.</param>
    public void Sent(TimeSpan now, bool more)
    {
        _late = _due is { } due ? now - due : TimeSpan.Zero;
        _next = more ? now - _late : null;
        _due = null;
    }
}
