using System.Net.Sockets;

namespace Harness.Load.Raw;

/// <summary>The raw lane: sends prepared bytes over kept connections and reads each answer only as far as to know its status and its end.
/// On a kept connection nothing is allocated.</summary>
/// <remarks>One request at a time on a connection; nothing is pipelined and nothing is sent twice. Cheapest when the variable
/// <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1</c> was set before the first socket of the process was made. <c>http</c> only.</remarks>
public sealed class RawClient : IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMilliseconds(20);

    private readonly string _host;
    private readonly int _port;
    private readonly Lock _gate = new();
    private readonly Stack<RawConnection> _idle = [];
    private readonly HashSet<RawConnection> _all = [];
    private readonly Timer _sweep;
    private bool _disposed;

    /// <param name="target">Whose host and port all requests go to.</param>
    /// <exception cref="ArgumentException">It is not <c>http</c>.</exception>
    public RawClient(Uri target)
    {
        if (target.Scheme != Uri.UriSchemeHttp)
            throw new ArgumentException($"The raw lane speaks http only, not {target.Scheme}.", nameof(target));
        _host = target.IdnHost;
        _port = target.Port;
        _sweep = new Timer(static client => ((RawClient)client!).Sweep(), this, SweepEvery, SweepEvery);
    }

    /// <summary>Connections that are open now.</summary>
    public int Connections
    {
        get
        {
            lock (_gate)
                return _all.Count;
        }
    }

    /// <summary>Sends a request and waits for the end of its answer.</summary>
    /// <param name="request">May be sent by many at once.</param>
    /// <param name="timeout">For the whole call, connecting included; kept to within 20 ms.</param>
    /// <param name="runToken">The run's end.</param>
    /// <returns>To be awaited once, and at once. Refused when no connection came about; unknown when it broke after sending.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="runToken"/> fired: the call is no sample.</exception>
    public ValueTask<IResponse> SendAsync(RawRequest request, TimeSpan timeout, CancellationToken runToken)
    {
        RawConnection? kept;
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
        RawConnection[] connections;
        lock (_gate)
        {
            _disposed = true;
            connections = [.. _all];
            _all.Clear();
            _idle.Clear();
        }

        _sweep.Dispose();
        foreach (RawConnection connection in connections)
            connection.Dispose();
    }

    /// <summary>Takes a connection back after its answer was read.</summary>
    internal void Return(RawConnection connection, bool reusable)
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

        var connection = new RawConnection(socket, this);
        lock (_gate)
            _all.Add(connection);
        TimeSpan left = timeout - TimeSpan.FromMilliseconds(Environment.TickCount64 - begun);
        return await connection.SendAsync(request, left, runToken);
    }

    private void Sweep()
    {
        RawConnection[] connections;
        lock (_gate)
            connections = [.. _all];
        // Not under the lock: breaking a call off may complete it, and it then gives its connection back.
        long now = Environment.TickCount64;
        foreach (RawConnection connection in connections)
            connection.BreakOffIfDue(now);
    }
}
