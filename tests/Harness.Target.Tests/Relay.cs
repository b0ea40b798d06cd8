using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Harness.Target.Tests;

/// <summary>A TCP relay that can swallow what goes through it while connections stay open, or cut them.</summary>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, byte> _clients = new();
    private readonly CancellationTokenSource _ending = new();
    private volatile int _serverPort;
    private readonly Task _accepting;
    private volatile State _state = State.Whole;

    public Relay(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    private enum State
    {
        Whole,
        BlackHole,
        SwallowsReplies,
        Cut,
    }

    public int Port { get; }

    /// <summary>Bytes vanish in both directions; connections, new ones too, stay open.</summary>
    public void BlackHole() => _state = State.BlackHole;

    /// <summary>Requests arrive, replies vanish.</summary>
    public void SwallowReplies() => _state = State.SwallowsReplies;

    /// <summary>Connections are closed, and new ones go to another server.</summary>
    public void Redirect(int serverPort)
    {
        _serverPort = serverPort;
        CloseAll();
    }

    /// <summary>Connections are closed, and new ones as soon as they come.</summary>
    public void Cut()
    {
        _state = State.Cut;
        CloseAll();
    }

    /// <summary>Bytes flow again. Connections that have lost some are closed, as no network hands on a stream with a hole in it.</summary>
    public void Heal()
    {
        CloseAll();
        _state = State.Whole;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _accepting;
        _listener.Stop();
        CloseAll();
        _ending.Dispose();
    }

    private void CloseAll()
    {
        foreach (var client in _clients.Keys)
            client.Close();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_ending.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Assert.True(_ending.IsCancellationRequested);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using var near = client;
        using var far = new TcpClient();
        _clients[near] = 0;
        try
        {
            if (_state == State.Cut)
                return;
            await far.ConnectAsync(IPAddress.Loopback, _serverPort, _ending.Token);
            _clients[far] = 0;
            await Task.WhenAny(
                PumpAsync(near, far, State.BlackHole, State.BlackHole),
                PumpAsync(far, near, State.BlackHole, State.SwallowsReplies));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side went away: so does the other.
            near.Close();
        }
        finally
        {
            _clients.TryRemove(near, out _);
            _clients.TryRemove(far, out _);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, State swallows, State swallowsToo)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.GetStream().ReadAsync(buffer, _ending.Token)) > 0)
            {
                var state = _state;
                if (state != swallows && state != swallowsToo)
                    await to.GetStream().WriteAsync(buffer.AsMemory(0, count), _ending.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            from.Close();
        }
    }
}
