namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>A peer over a descriptor. The kernel reports each change once; what it said is kept here until a call finds it untrue.</summary>
internal sealed unsafe class EpollPeer(EpollLoop loop, int descriptor) : Peer, IEpollTarget
{
    // What is thrown away on closing, so that the other side gets a FIN and not a RST for bytes that nobody read.
    private const int UnreadMax = 1 << 20;

    private long _key = -1;
    private bool _canRead;
    private bool _canWrite = true;
    private bool _mayEnd;
    private bool _closed;

    public EpollLoop Loop => loop;

    public int Descriptor => descriptor;

    /// <summary>Whether a read is worth trying.</summary>
    public bool CanRead => _canRead && !_closed;

    public bool CanWrite => _canWrite && !_closed;

    /// <summary>False when the kernel will not report on it.</summary>
    public bool Register()
    {
        _key = loop.Register(descriptor, this, Libc.EventIn | Libc.EventOut | Libc.EventPeerEnded);
        return _key >= 0;
    }

    public void OnEvents(uint events)
    {
        const uint Ending = Libc.EventPeerEnded | Libc.EventHangUp | Libc.EventError;
        _mayEnd |= (events & Ending) != 0;
        _canRead |= (events & (Libc.EventIn | Ending)) != 0;
        _canWrite |= (events & (Libc.EventOut | Libc.EventHangUp | Libc.EventError)) != 0;
        HungUp |= (events & Libc.EventError) != 0;
        Ready?.Invoke();
    }

    public override IoStatus TryRead(Span<byte> into, out int count)
    {
        count = 0;
        if (!_canRead)
            return IoStatus.WouldBlock;
        if (_closed)
            return IoStatus.Failed;
        fixed (byte* buffer = into)
            count = (int)Retry(&Libc.Receive, descriptor, buffer, into.Length, 0);
        if (count == 0)
            return IoStatus.Ended;
        if (count < 0)
            return Failed(ref count, ref _canRead);
        // A short read emptied the socket, unless an end that was reported waits behind it.
        _canRead = count == into.Length || _mayEnd;
        return IoStatus.Done;
    }

    public override IoStatus TryWrite(ReadOnlySpan<byte> bytes, out int count)
    {
        count = 0;
        if (_closed || HungUp)
            return IoStatus.Failed;
        if (!_canWrite)
            return IoStatus.WouldBlock;
        fixed (byte* buffer = bytes)
            count = (int)Retry(&Libc.Send, descriptor, buffer, bytes.Length, Libc.NoSignal);
        if (count < 0)
            return Failed(ref count, ref _canWrite);
        _canWrite = count == bytes.Length;
        return IoStatus.Done;
    }

    public override IDirectLane? OpenLane(Peer destination) =>
        destination is EpollPeer other && loop.Pipes.Rent() is { } pipe ? new SpliceLane(this, other, pipe) : null;

    /// <summary>A splice said that there is nothing to read, or no room to write.</summary>
    public void NotNow(bool reading)
    {
        if (reading)
            _canRead = false;
        else
            _canWrite = false;
    }

    public void Break() => HungUp = true;

    public override void ShutdownWrite()
    {
        if (!_closed)
            Libc.Shutdown(descriptor, Libc.ShutdownWrite);
    }

    public override void Close()
    {
        if (_closed)
            return;
        int dropped = 0;
        nint count;
        while (dropped < UnreadMax && (count = Libc.Receive(descriptor, null, UnreadMax, Libc.Truncate)) > 0)
            dropped += (int)count;
        Drop();
    }

    public override void Drop()
    {
        if (_closed)
            return;
        _closed = true;
        if (_key >= 0)
            loop.Forget(_key);
        Libc.Close(descriptor);
    }

    public override void Reset()
    {
        if (_closed)
            return;
        int* onAndZeroSeconds = stackalloc int[2] { 1, 0 };
        Libc.SetOption(descriptor, Libc.LevelSocket, Libc.OptionLinger, onAndZeroSeconds, 2 * sizeof(int));
        Drop();
    }

    private static nint Retry(delegate*<int, byte*, nint, int, nint> transfer, int descriptor, byte* buffer, int length, int flags)
    {
        nint count;
        do
            count = transfer(descriptor, buffer, length, flags);
        while (count < 0 && Libc.LastError == Libc.Interrupted);
        return count;
    }

    private IoStatus Failed(ref int count, ref bool can)
    {
        count = 0;
        if (Libc.LastError == Libc.WouldBlock)
        {
            can = false;
            return IoStatus.WouldBlock;
        }
        HungUp = true;
        return IoStatus.Failed;
    }
}
