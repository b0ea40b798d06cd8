using System.Net;
using System.Net.Sockets;
using Harness.Load.Loops;

namespace Harness.Load.Raw;

/// <summary>Carries calls to one host and port over the event loops, and keeps the connections that are free; each loop has its own.</summary>
internal sealed class LoopLane : IRawLane
{
    private readonly Stack<LoopConnection>[] _idle = [.. EventLoops.All.Select(_ => new Stack<LoopConnection>())];
    private int _connections;
    private volatile bool _disposed;

    public LoopLane(string host, int port)
    {
        (Host, Port) = (host, port);
        Address = IPAddress.TryParse(host, out IPAddress? literal) ? new IPEndPoint(literal, port) : null;
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>Null when the host is a name, which is looked up for each new connection.</summary>
    public IPEndPoint? Address { get; }

    public int Connections => Volatile.Read(ref _connections);

    public bool IsDisposed => _disposed;

    public ValueTask<IResponse> SendAsync(RawRequest request, TimeSpan timeout, CancellationToken runToken) =>
        Rent().SendAsync(request, timeout, runToken);

    /// <summary>A connection for one call, on the present thread's loop if it has one. It gives itself back.</summary>
    public LoopConnection Rent()
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(RawClient));
        if (EventLoop.Current is { } own)
            return TryRent(own) ?? new LoopConnection(this, own);
        // A thread without a loop takes whichever connection is free.
        foreach (EventLoop loop in EventLoops.All)
        {
            if (TryRent(loop) is { } idle)
                return idle;
        }

        return new LoopConnection(this, EventLoops.Next);
    }

    /// <summary>Under the gate of the connection's loop.</summary>
    public void ReturnInside(LoopConnection connection) => _idle[connection.Loop.Number].Push(connection);

    private LoopConnection? TryRent(EventLoop loop)
    {
        lock (loop.Gate)
            return _idle[loop.Number].TryPop(out LoopConnection? idle) ? idle : null;
    }

    public void CountConnections(int more) => Interlocked.Add(ref _connections, more);

    /// <summary>Breaks off every connection, and every call with it.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (EventLoop loop in EventLoops.All)
        {
            lock (loop.Gate)
            {
                while (_idle[loop.Number].TryPop(out LoopConnection? idle))
                    idle.CloseInside();
                foreach (LoopConnection call in loop.Calls.OfType<LoopConnection>().Where(call => call.Lane == this).ToList())
                    call.BreakOffInside(SocketError.OperationAborted);
            }
        }
    }
}
