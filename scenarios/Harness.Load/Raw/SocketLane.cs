using System.Net.Sockets;

namespace Harness.Load.Raw;

/// <summary>Carries calls over .NET's own sockets: for systems without event loops of ours.</summary>
internal sealed class SocketLane : IRawLane
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(20);

    private readonly string _host;
    private readonly int _port;
    private readonly Lock _gate = new();
    private readonly Stack<SocketConnection> _idle = [];
    private readonly HashSet<SocketConnection> _all = [];
    private readonly Timer _sweep;
    private bool _disposed;

    public SocketLane(string host, int port)
    {
        _host = host;
        _port = port;
        _sweep = new Timer(static lane => ((SocketLane)lane!).Sweep(), this, SweepEvery, SweepEvery);
    }

    public int Connections
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    public ValueTask<IResponse> SendAsync(RawRequest request, TimeSpan timeout, CancellationToken runToken)
    {
        SocketConnection? kept;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _idle.TryPop(out kept);
        }

        return kept is null ? ConnectAndSendAsync(request, timeout, runToken) : kept.SendAsync(request, timeout, runToken);
    }

    /// <summary>Breaks off every connection.</summary>
    public void Dispose()
    {
        SocketConnection[] connections;
        lock (_gate)
        {
            _disposed = true;
            connections = [.. _all];
            _all.Clear();
            _idle.Clear();
        }

        _sweep.Dispose();
        foreach (SocketConnection connection in connections)
            connection.Dispose();
    }

    /// <summary>Takes a connection back after its answer was read.</summary>
    internal void Return(SocketConnection connection, bool reusable)
    {
        lock (_gate)
        {
            reusable &= !_disposed;
            if (reusable)
                _idle.Push(connection);
            else
                _all.Remove(connection);
        }

        if (!reusable)
            connection.Dispose();
    }

    private async ValueTask<IResponse> ConnectAndSendAsync(RawRequest request, TimeSpan timeout, CancellationToken runToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(runToken);
        limit.CancelAfter(timeout);
        long begun = Environment.TickCount64;
        try
        {
            await socket.ConnectAsync(_host, _port, limit.Token);
        }
        catch (Exception failure) when (failure is SocketException or OperationCanceledException && !runToken.IsCancellationRequested)
        {
            socket.Dispose();
            return Response.Refused(failure is SocketException ? ErrorClass.Of(failure) : "connect-timeout", message: failure.Message);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var connection = new SocketConnection(socket, this);
        lock (_gate)
            _all.Add(connection);
        return await connection.SendAsync(request, Left(timeout, Environment.TickCount64 - begun), runToken);
    }

    // A negative time is one without end, so none may come of what connecting took.
    private static TimeSpan Left(TimeSpan timeout, long goneMs) => timeout < TimeSpan.Zero
        ? timeout
        : TimeSpan.FromTicks(Math.Max(0, (timeout - TimeSpan.FromMilliseconds(goneMs)).Ticks));

    private void Sweep()
    {
        SocketConnection[] connections;
        lock (_gate)
            connections = [.. _all];
        // Not under the lock: breaking a call off may complete it, and it then gives its connection back.
        long now = Environment.TickCount64;
        foreach (SocketConnection connection in connections)
            connection.BreakOffIfDue(now);
    }
}
