using Harness.Toxiproxy.Planes;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>A peer without a socket: the test says what it sends and sees what arrives, and when.</summary>
internal sealed class MemoryPeer(ManualLoop loop) : Peer
{
    private readonly Queue<byte[]> _toRead = new();
    private bool _ended;

    /// <summary>What arrived, with the loop's time of each write.</summary>
    public List<(TimeSpan At, byte[] Bytes)> Arrived { get; } = [];

    public bool Closed { get; private set; }

    public bool WasReset { get; private set; }

    public void Send(params byte[] bytes)
    {
        _toRead.Enqueue(bytes);
        Ready?.Invoke();
    }

    public void End()
    {
        _ended = true;
        Ready?.Invoke();
    }

    public override IoStatus TryRead(Span<byte> into, out int count)
    {
        count = 0;
        if (Closed)
            return IoStatus.Failed;
        if (!_toRead.TryDequeue(out byte[]? next))
            return _ended ? IoStatus.Ended : IoStatus.WouldBlock;
        next.CopyTo(into);
        count = next.Length;
        return IoStatus.Done;
    }

    public override IoStatus TryWrite(ReadOnlySpan<byte> bytes, out int count)
    {
        count = Closed ? 0 : bytes.Length;
        if (Closed)
            return IoStatus.Failed;
        Arrived.Add((loop.Now, bytes.ToArray()));
        return IoStatus.Done;
    }

    public override void ShutdownWrite() { }

    public override void Close() => Closed = true;

    public override void Drop() => Closed = true;

    public override void Reset() => Closed = WasReset = true;
}
