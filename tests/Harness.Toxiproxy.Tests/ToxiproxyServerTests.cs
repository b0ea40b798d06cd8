using System.Net.Sockets;
using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

public sealed class ToxiproxyServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_a_token_only_its_bearer_changes_anything()
    {
        await using TestServer server = await TestServer.StartAsync(new ToxiproxyServerOptions { Token = "secret" });
        using var stranger = new ToxiproxyClient(server.Url);

        await server.Client.CreateProxyAsync("p", "127.0.0.1:0", "127.0.0.1:1", Token);
        Assert.Single(await stranger.GetProxiesAsync(Token));
        ToxiproxyException refused = await Assert.ThrowsAsync<ToxiproxyException>(() => stranger.DeleteProxyAsync("p", Token));

        Assert.Equal("Cannot delete proxy p: 401 bearer token missing or wrong", refused.Message);
    }

    [Fact]
    public async Task A_config_file_makes_proxies_with_their_toxics()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file, """[{"name":"a","listen":"127.0.0.1:0","upstream":"x:1","toxics":[{"type":"latency","attributes":{"latency":5}}]}]""", Token);
        await using TestServer server = await TestServer.StartAsync(new ToxiproxyServerOptions { ConfigFile = file });
        File.Delete(file);

        Toxic toxic = Assert.Single((await server.Client.GetProxyAsync("a", Token)).Toxics);

        Assert.Equal(new LatencyToxic { Name = "latency_downstream", Latency = TimeSpan.FromMilliseconds(5) }, toxic);
    }

    [Fact]
    public async Task A_bad_config_file_is_logged_and_ignored()
    {
        using var log = new LinesWriter();
        await using TestServer server = await TestServer.StartAsync(new ToxiproxyServerOptions { ConfigFile = "/nowhere/at-all", Log = log });

        Assert.Empty(await server.Client.GetProxiesAsync(Token));
        string line = Assert.Single(log.Lines, l => l.Contains("\"level\":\"error\"", StringComparison.Ordinal));
        Assert.Contains("/nowhere/at-all", line, StringComparison.Ordinal);
    }

    [Theory]
    [EachDataPlane]
    public async Task Metrics_count_bytes_when_a_link_ends(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(
            new ToxiproxyServerOptions { DataPlane = plane, ProxyMetrics = true, RuntimeMetrics = true });
        Proxy proxy = await server.ProxyToAsync(upstream);
        using (Socket client = await TestServer.ConnectAsync(proxy.Listen))
            await Traffic.RoundTripAsync(client, "hello");
        using var api = new Support.Api(server.Url);
        string labels = $$"""{direction="upstream",listener="{{proxy.Listen}}",proxy="p",upstream="{{upstream.Address}}"}""";

        string body = "";
        await Eventually.TrueAsync(async () => (body = (await api.GetAsync("/metrics")).Body).Contains("toxiproxy_proxy_sent", StringComparison.Ordinal)
            && body.Contains("direction=\"upstream\"", StringComparison.Ordinal));

        Assert.Contains($"toxiproxy_proxy_received_bytes_total{labels} 5\n", body, StringComparison.Ordinal);
        Assert.Contains($"toxiproxy_proxy_sent_bytes_total{labels} 5\n", body, StringComparison.Ordinal);
        Assert.Contains("\nprocess_resident_memory_bytes ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_one_clear_refusal()
    {
        await using TestServer first = await TestServer.StartAsync("portable");

        ToxiproxyException refused = await Assert.ThrowsAsync<ToxiproxyException>(
            () => ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Port = first.Url.Port }, Token));

        Assert.Equal($"The control API cannot listen: listen tcp 127.0.0.1:{first.Url.Port}: bind: address already in use", refused.Message);
    }

    [Theory]
    [EachDataPlane]
    public async Task Ten_thousand_proxies_come_and_go_and_the_api_stays_quick(string plane)
    {
        await using TestServer server = await TestServer.StartAsync(plane);
        using var api = new Support.Api(server.Url);
        string all = "[" + string.Join(',', Enumerable.Range(0, 10_000).Select(Entry)) + "]";

        Assert.Equal(201, (await api.PostAsync("/populate", all)).Status);
        Assert.Equal(10_000, (await server.Client.GetProxiesAsync(Token)).Count);
        Assert.Equal(204, (await api.SendAsync("DELETE", "/proxies/p9999", null)).Status);
        TimeSpan one = await Traffic.TimeAsync(() => server.Client.CreateProxyAsync("one more", "127.0.0.1:0", "x:1", Token));

        // Tenths of a millisecond when nothing else runs; a search through all of them for each would be seconds for ten thousand.
        Assert.InRange(one, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    // A tenth of them listens: as many descriptors as every machine grants.
    private static string Entry(int i) =>
        $$"""{"name":"p{{i}}","listen":"127.0.0.1:0","upstream":"x:1","enabled":{{(i % 10 == 0 ? "true" : "false")}}}""";
}
