namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>Two splices through a pipe.</summary>
internal sealed unsafe class SpliceLane(EpollPeer source, EpollPeer destination, SplicePipe pipe) : IDirectLane
{
    // However much has come, a turn stays short.
    private const int MoveMax = 256 * 1024;

    private int _held;
    private bool _sourceEnded;

    public bool IsEmpty => _held == 0;

    public IoStatus Move(out long read, out long written)
    {
        read = Fill();
        written = Drain();
        if (destination.HungUp)
            return IoStatus.Failed;
        if (_sourceEnded && _held == 0)
            return IoStatus.Ended;
        return read > 0 || written > 0 ? IoStatus.Done : IoStatus.WouldBlock;
    }

    public int TakeBack(Span<byte> into)
    {
        if (_held == 0)
            return 0;
        fixed (byte* buffer = into)
        {
            int count = Math.Max(0, (int)Libc.Read(pipe.ReadEnd, buffer, into.Length));
            _held -= count;
            return count;
        }
    }

    public void Close()
    {
        if (_held == 0)
            source.Loop.Pipes.Return(pipe);
        else
            pipe.Close();
    }

    private long Fill()
    {
        if (_sourceEnded || !source.CanRead || _held >= MoveMax)
            return 0;
        nint count = Libc.Splice(source.Descriptor, 0, pipe.WriteEnd, 0, MoveMax, Libc.SpliceMove | Libc.SpliceNonBlocking);
        if (count > 0)
            _held += (int)count;
        else if (count == 0)
            _sourceEnded = true;
        else
            FillFailed(Libc.LastError);
        return Math.Max(0, count);
    }

    private void FillFailed(int error)
    {
        // A full pipe looks the same as an empty socket: with bytes in the pipe it may be either, so ask again once they are gone.
        if (error == Libc.WouldBlock && _held == 0)
            source.NotNow(reading: true);
        else if (error is not (Libc.WouldBlock or Libc.Interrupted))
        {
            source.Break();
            _sourceEnded = true;
        }
    }

    private long Drain()
    {
        if (_held == 0 || !destination.CanWrite)
            return 0;
        nint count = Libc.Splice(pipe.ReadEnd, 0, destination.Descriptor, 0, _held, Libc.SpliceMove | Libc.SpliceNonBlocking);
        if (count >= 0)
        {
            _held -= (int)count;
            return count;
        }
        if (Libc.LastError == Libc.WouldBlock)
            destination.NotNow(reading: false);
        else if (Libc.LastError != Libc.Interrupted)
            destination.Break();
        return 0;
    }
}
