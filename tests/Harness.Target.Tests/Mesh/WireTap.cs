using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Harness.Target.Tests.Mesh;

/// <summary>Stands on the wire between two sidecars: keeps what crosses it, can change it, and can cut it.</summary>
public sealed class WireTap : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<TcpClient> _clients = [];
    private readonly MemoryStream _seen = new();
    private readonly Lock _gate = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private volatile bool _cut;
    private volatile bool _tampers;

    public WireTap(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        Url = new Uri($"http://{_listener.LocalEndpoint}");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>Every byte that crossed, in either direction, one character each.</summary>
    public string Seen
    {
        get
        {
            lock (_gate)
                return Encoding.Latin1.GetString(_seen.ToArray());
        }
    }

    /// <summary>From now on the last byte of whatever the caller sends arrives changed; connections stay open.</summary>
    public void Tamper() => _tampers = true;

    /// <summary>Connections are closed, and new ones as soon as they come.</summary>
    public void Cut()
    {
        _cut = true;
        CloseAll();
    }

    public void Heal()
    {
        CloseAll();
        (_cut, _tampers) = (false, false);
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _accepting;
        _listener.Stop();
        CloseAll();
        _ending.Dispose();
        await _seen.DisposeAsync();
    }

    private void CloseAll()
    {
        lock (_gate)
        {
            foreach (var client in _clients)
                client.Close();
            _clients.Clear();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_ending.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Assert.True(_ending.IsCancellationRequested);
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        try
        {
            if (_cut)
                return;
            await far.ConnectAsync(IPAddress.Loopback, _serverPort, _ending.Token);
            lock (_gate)
                _clients.AddRange([near, far]);
            await Task.WhenAny(PumpAsync(near.GetStream(), far.GetStream(), true), PumpAsync(far.GetStream(), near.GetStream(), false));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side went away: so does the other.
            far.Close();
        }
        finally
        {
            near.Close();
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool fromCaller)
    {
        var buffer = new byte[16 * 1024];
        int count;
        while ((count = await from.ReadAsync(buffer, _ending.Token)) > 0)
        {
            lock (_gate)
                _seen.Write(buffer, 0, count);
            if (fromCaller && _tampers)
                buffer[count - 1] ^= 1;
            await to.WriteAsync(buffer.AsMemory(0, count), _ending.Token);
        }
    }
}
