namespace Harness.Toxiproxy.Planes.Linux;

/// <summary>A pipe through which the kernel moves bytes from socket to socket without copying them into this process.</summary>
internal sealed record SplicePipe(int ReadEnd, int WriteEnd)
{
    public void Close()
    {
        Libc.Close(ReadEnd);
        Libc.Close(WriteEnd);
    }
}

/// <summary>The spare pipes of one loop: only links in the middle of a bulk transfer hold one.</summary>
internal sealed class SplicePipes : IDisposable
{
    /// <summary>Bytes that a pipe can hold: the most that a user may ask for. A quarter of it cost a third more CPU for each byte.</summary>
    public const int Size = 1024 * 1024;

    private const int SparesMax = 8;

    private readonly Stack<SplicePipe> _spares = new();

    /// <summary>Null when the system has none to give.</summary>
    public unsafe SplicePipe? Rent()
    {
        if (_spares.TryPop(out SplicePipe? spare))
            return spare;
        int* ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.NonBlocking | Libc.CloseOnExec) != 0)
            return null;
        // Refused when the user has too much in pipes already: a smaller one works too.
        Libc.Control(ends[0], Libc.SetPipeSize, Size);
        return new SplicePipe(ends[0], ends[1]);
    }

    /// <summary>Takes an empty pipe back.</summary>
    public void Return(SplicePipe pipe)
    {
        if (_spares.Count < SparesMax)
            _spares.Push(pipe);
        else
            pipe.Close();
    }

    public void Dispose()
    {
        while (_spares.TryPop(out SplicePipe? spare))
            spare.Close();
    }
}
