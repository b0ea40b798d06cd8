using System.Net;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>A server on a free port with a client for it.</summary>
public sealed class TestServer : IAsyncDisposable
{
    private readonly ToxiproxyServer _server;

    private TestServer(ToxiproxyServer server, string? token)
    {
        _server = server;
        Client = new ToxiproxyClient(server.Url, token);
    }

    public ToxiproxyClient Client { get; }

    public Uri Url => _server.Url;

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task<TestServer> StartAsync(string plane) => StartAsync(new ToxiproxyServerOptions { DataPlane = plane, Seed = 7 });

    public static async Task<TestServer> StartAsync(ToxiproxyServerOptions options) =>
        new(await ToxiproxyServer.StartAsync(options with { Port = 0 }, Token), options.Token);

    /// <summary>A proxy named <c>p</c> in front of <paramref name="upstream"/>.</summary>
    public async Task<Proxy> ProxyToAsync(Upstream upstream) =>
        await Client.CreateProxyAsync("p", "127.0.0.1:0", upstream.Address, Token);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>A connection to <paramref name="listen"/>.</summary>
    public static async Task<Socket> ConnectAsync(string listen)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPEndPoint.Parse(listen), Token);
        return socket;
    }
}
