namespace Harness.Toxiproxy.Toxics;

/// <summary>One road for all connections that meet a toxic: whoever wants to pass takes the next free stretch of time. From any loop.</summary>
internal sealed class SharedTurn
{
    private readonly Lock _taking = new();
    private TimeSpan _free;

    /// <returns>When the stretch of <paramref name="length"/> that was taken ends.</returns>
    public TimeSpan Take(TimeSpan now, TimeSpan length)
    {
        lock (_taking)
        {
            _free = (_free > now ? _free : now) + length;
            return _free;
        }
    }
}
