using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Harness.Chaos.Environments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Tests.Faults;

/// <summary>The smallest environment: one client, one service, one edge with a real proxy.</summary>
internal sealed class ProxiedEcho : IRunningEnvironment
{
    public static readonly Edge Edge = new("client", "echo");

    private readonly EchoService _echo;
    private readonly ToxiproxyServer _server;
    private readonly IPEndPoint _proxy;

    private ProxiedEcho(ToxiproxyServer server, ToxiproxyClient client, EchoService echo, string listen) =>
        (_server, Proxies, _echo, _proxy) = (server, client, echo, IPEndPoint.Parse(listen));

    public IReadOnlyList<Edge> Edges { get; } = [Edge];

    public ToxiproxyClient Proxies { get; }

    public Uri ProxyApi => _server.Url;

    public IReadOnlyList<RunningService> Services => [];

    public static async Task<ProxiedEcho> StartAsync()
    {
        CancellationToken testToken = TestContext.Current.CancellationToken;
        ToxiproxyServer server = await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Port = 0, Seed = 1 }, testToken);
        var client = new ToxiproxyClient(server.Url);
        var echo = new EchoService();
        Proxy proxy = await client.CreateProxyAsync(Edge.ToString(), "127.0.0.1:0", echo.Address, testToken);
        return new ProxiedEcho(server, client, echo, proxy.Listen);
    }

    /// <summary>A new connection to the service through its proxy.</summary>
    public async Task<EchoClient> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(_proxy, TestContext.Current.CancellationToken);
        return new EchoClient(socket);
    }

    /// <summary>How long one byte takes there and back on a new connection; null when it did not come back within <paramref name="patience"/>.</summary>
    public async Task<TimeSpan?> RoundTripAsync(TimeSpan patience)
    {
        using EchoClient client = await ConnectAsync();
        long sent = Stopwatch.GetTimestamp();
        return await client.AskAsync([42], patience) is [42] ? Stopwatch.GetElapsedTime(sent) : null;
    }

    /// <summary>Waits until that byte has reached the service.</summary>
    public async Task HeardAsync(byte one)
    {
        while (!_echo.Heard.Contains(one))
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Proxies.Dispose();
        await _server.DisposeAsync();
        await _echo.DisposeAsync();
    }
}
