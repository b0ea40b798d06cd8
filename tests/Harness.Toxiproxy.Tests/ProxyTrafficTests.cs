using System.Diagnostics;
using System.Net.Sockets;
using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

public sealed class ProxyTrafficTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EachDataPlane]
    public async Task Passes_bytes_both_ways(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        Assert.Equal("hello", await Traffic.RoundTripAsync(client, "hello"));
        Assert.Equal("again", await Traffic.RoundTripAsync(client, "again"));
    }

    [Theory]
    [EachDataPlane]
    public async Task Passes_a_large_stream_unchanged(string plane)
    {
        byte[] sent = new byte[20_000_000];
        new Random(1).NextBytes(sent);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        Assert.Equal(sent, await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task A_latency_toxic_delays_at_least_as_long_as_asked_and_leaves_evidence(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Toxic toxic = await server.Client.AddToxicAsync("p", new LatencyToxic { Latency = TimeSpan.FromMilliseconds(80) }, Token);

        long start = Stopwatch.GetTimestamp();
        Assert.Equal("hello", await Traffic.RoundTripAsync(client, "hello"));

        Assert.True(Stopwatch.GetElapsedTime(start) >= TimeSpan.FromMilliseconds(80));
        Assert.Equal(new ToxicEvidence(1, 1, 5), await server.Client.GetEvidenceAsync("p", toxic.Name!, Token));
    }

    [Theory]
    [EachDataPlane]
    public async Task A_timeout_of_zero_holds_until_it_is_removed_and_then_closes(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Assert.Equal("hello", await Traffic.RoundTripAsync(client, "hello"));
        Toxic toxic = await server.Client.AddToxicAsync("p", new TimeoutToxic { Stream = ToxicStream.Upstream }, Token);
        await client.SendAsync("lost"u8.ToArray(), Token);
        await Eventually.TrueAsync(async () => (await server.Client.GetEvidenceAsync("p", toxic.Name!, Token))!.Bytes == 4);

        await server.Client.RemoveToxicAsync("p", toxic.Name!, Token);

        Assert.Empty(await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task A_timeout_closes_both_sides_when_it_is_over(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        await server.Client.AddToxicAsync("p", new TimeoutToxic { Timeout = TimeSpan.FromMilliseconds(50) }, Token);

        Assert.Empty(await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task Disabling_closes_connections_and_refuses_new_ones_until_enabled(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Assert.Equal("hello", await Traffic.RoundTripAsync(client, "hello"));

        await server.Client.SetEnabledAsync("p", false, Token);

        Assert.Empty(await Traffic.ReadToEndAsync(client));
        SocketException refused = await Assert.ThrowsAsync<SocketException>(() => TestServer.ConnectAsync(proxy.Listen));
        Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
        Assert.Equal(new ProxyEvidence(Accepted: 1, Open: 0, DialsFailed: 0, Cut: 1, Refused: 0), await server.Client.GetProxyEvidenceAsync("p", Token));

        await server.Client.SetEnabledAsync("p", true, Token);
        using Socket again = await TestServer.ConnectAsync(proxy.Listen);
        Assert.Equal("again", await Traffic.RoundTripAsync(again, "again"));
    }

    [Theory]
    [EachDataPlane]
    public async Task A_client_of_an_upstream_that_is_down_connects_and_is_closed(string plane)
    {
        await using TestServer server = await TestServer.StartAsync(plane);
        string nobody = FreePort.Find();
        Proxy proxy = await server.Client.CreateProxyAsync("p", "127.0.0.1:0", nobody, Token);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        Assert.Empty(await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task A_new_upstream_ends_the_connections_to_the_old_one_and_no_client_is_refused_meanwhile(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket before = await TestServer.ConnectAsync(proxy.Listen);
        Assert.Equal("before", await Traffic.RoundTripAsync(before, "before"));

        using var redirected = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task connecting = ConnectAgainAndAgainAsync(proxy.Listen, redirected.Token);
        string nobody = FreePort.Find();
        for (int time = 0; time < 20; time++)
        {
            await server.Client.SetUpstreamAsync("p", nobody, Token);
            await server.Client.SetUpstreamAsync("p", upstream.Address, Token);
        }

        await redirected.CancelAsync();
        await connecting;
        Assert.Empty(await Traffic.ReadToEndAsync(before));
        using Socket after = await TestServer.ConnectAsync(proxy.Listen);
        Assert.Equal("after", await Traffic.RoundTripAsync(after, "after"));
    }

    private static async Task ConnectAgainAndAgainAsync(string address, CancellationToken cancellationToken)
    {
        do
        {
            using Socket client = await TestServer.ConnectAsync(address);
        }
        while (!cancellationToken.IsCancellationRequested);
    }
}
