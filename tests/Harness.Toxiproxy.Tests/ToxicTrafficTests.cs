using System.Net.Sockets;
using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

/// <summary>Each toxic on real sockets.</summary>
public sealed class ToxicTrafficTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EachDataPlane]
    public async Task Two_latencies_add_up_and_do_not_cut_the_throughput(string plane)
    {
        byte[] sent = Traffic.RandomBytes(3_000_000, 1);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(
            server, upstream, new LatencyToxic { Name = "a", Latency = Milliseconds(60) }, new LatencyToxic { Name = "b", Latency = Milliseconds(60) });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        byte[] received = [];
        TimeSpan took = await Traffic.TimeAsync(async () => received = await Traffic.ReadToEndAsync(client));

        Assert.Equal(sent, received);
        // Chunk after chunk it would be 92 times 120 ms.
        Assert.InRange(took, Milliseconds(120), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [EachDataPlane]
    public async Task Removing_a_latency_lets_everything_out_at_once(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new LatencyToxic { Name = "slow", Latency = TimeSpan.FromHours(1) });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        await client.SendAsync("held"u8.ToArray(), Token);
        await Eventually.TrueAsync(async () => (await server.Client.GetEvidenceAsync("p", "slow", Token))!.Bytes == 4);

        await server.Client.RemoveToxicAsync("p", "slow", Token);

        Assert.Equal("held"u8.ToArray(), await Traffic.ReadExactlyAsync(client, 4));
    }

    [Theory]
    [EachDataPlane]
    public async Task An_update_lets_the_chunk_in_hand_out_and_applies_to_the_next(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new LatencyToxic { Name = "slow", Latency = TimeSpan.FromHours(1) });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        await client.SendAsync("held"u8.ToArray(), Token);
        await Eventually.TrueAsync(async () => (await server.Client.GetEvidenceAsync("p", "slow", Token))!.Bytes == 4);

        await server.Client.UpdateToxicAsync("p", new LatencyToxic { Name = "slow" }, Token);

        Assert.Equal("held"u8.ToArray(), await Traffic.ReadExactlyAsync(client, 4));
        Assert.Equal("next", await Traffic.RoundTripAsync(client, "next"));
    }

    [Theory]
    [EachDataPlane]
    public async Task Bandwidth_takes_its_time_and_neither_loses_nor_reorders(string plane)
    {
        byte[] sent = Traffic.RandomBytes(400_000, 2);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new BandwidthToxic { BytesPerSecond = 1_000_000 });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        byte[] received = [];
        TimeSpan took = await Traffic.TimeAsync(async () => received = await Traffic.ReadToEndAsync(client));

        Assert.Equal(sent, received);
        // The clock of the test starts after the connect, the toxic's may have started a moment before.
        Assert.InRange(took, Milliseconds(370), TimeSpan.FromSeconds(5));
    }

    [Theory]
    [EachDataPlane]
    public async Task A_rate_of_zero_or_less_blocks_until_it_is_raised(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new BandwidthToxic { Name = "b", BytesPerSecond = -5000 });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Task<string> answered = Traffic.RoundTripAsync(client, "hello");
        await Eventually.TrueAsync(async () => (await server.Client.GetEvidenceAsync("p", "b", Token))!.Bytes == 5);
        Assert.False(answered.IsCompleted);

        await server.Client.UpdateToxicAsync("p", new BandwidthToxic { Name = "b", BytesPerSecond = 1_000_000 }, Token);

        Assert.Equal("hello", await answered);
    }

    [Theory]
    [EachDataPlane]
    public async Task Limit_data_passes_exactly_so_many_bytes_and_ends_the_stream(string plane)
    {
        byte[] sent = Traffic.RandomBytes(100_000, 3);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new LimitDataToxic { Bytes = 70_001 });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        Assert.Equal(sent[..70_001], await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task A_limit_of_zero_passes_nothing(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new LimitDataToxic());
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        await client.SendAsync("x"u8.ToArray(), Token);

        Assert.Empty(await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task Slicer_delivers_every_byte_in_order_whatever_its_values(string plane)
    {
        byte[] sent = Traffic.RandomBytes(60_000, 4);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(
            server, upstream, new SlicerToxic { Name = "wild", AverageBytes = 10, VariationBytes = 4000 }, new SlicerToxic { Name = "none" },
            new SlicerToxic { Name = "single", AverageBytes = 1 });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        Assert.Equal(sent, await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task Reset_peer_resets_the_client_also_when_it_was_connected_before(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Assert.Equal("hello", await Traffic.RoundTripAsync(client, "hello"));
        await server.Client.AddToxicAsync("p", new ResetPeerToxic { Stream = ToxicStream.Upstream }, Token);
        await client.SendAsync("x"u8.ToArray(), Token);

        Assert.True(await Traffic.EndsInResetAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task A_reset_that_waits_can_be_taken_back(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new ResetPeerToxic { Name = "r", Timeout = TimeSpan.FromHours(1) });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Task<string> answered = Traffic.RoundTripAsync(client, "hello");
        await Eventually.TrueAsync(async () => (await server.Client.GetEvidenceAsync("p", "r", Token))!.Bytes == 5);

        await server.Client.RemoveToxicAsync("p", "r", Token);

        Assert.Equal("hello", await answered);
    }

    [Theory]
    [EachDataPlane]
    public async Task Slow_close_holds_the_end_and_nothing_else(string plane)
    {
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, "all"u8.ToArray(), token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new SlowCloseToxic { Name = "s", Delay = TimeSpan.FromHours(1) });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Assert.Equal("all"u8.ToArray(), await Traffic.ReadExactlyAsync(client, 3));
        Task<byte[]> end = Traffic.ReadToEndAsync(client);
        await Eventually.TrueAsync(async () => (await server.Client.GetEvidenceAsync("p", "s", Token))!.Connections == 1);
        Assert.False(end.IsCompleted);

        await server.Client.RemoveToxicAsync("p", "s", Token);

        Assert.Empty(await end);
    }

    [Theory]
    [EachDataPlane]
    public async Task A_client_that_ends_its_stream_is_closed_after_what_was_under_way(string plane)
    {
        var received = new TaskCompletionSource<byte[]>();
        await using Upstream upstream = Upstream.Serving(async (socket, _) => received.SetResult(await Traffic.ReadToEndAsync(socket)));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new LatencyToxic { Latency = Milliseconds(50), Stream = ToxicStream.Upstream });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        await client.SendAsync("last words"u8.ToArray(), Token);
        client.Shutdown(SocketShutdown.Send);

        Assert.Equal("last words"u8.ToArray(), await received.Task.WaitAsync(Token));
        Assert.Empty(await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task A_stalled_client_holds_the_upstream_back(string plane)
    {
        long sent = 0;
        await using Upstream upstream = Upstream.Serving(async (socket, token) =>
        {
            byte[] block = new byte[64 * 1024];
            while (true)
                Interlocked.Add(ref sent, await socket.SendAsync(block, token));
        });
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        // Still, for as long as it takes to see the same number ten times.
        long before = -1;
        int same = 0;
        await Eventually.TrueAsync(() =>
        {
            long now = Interlocked.Read(ref sent);
            same = now == before && now > 0 ? same + 1 : 0;
            before = now;
            return Task.FromResult(same == 10);
        });

        Assert.InRange(before, 1, 30_000_000);
    }

    [Theory]
    [EachDataPlane]
    public async Task The_same_seed_hits_the_same_connections(string plane)
    {
        string first = await HitsAsync(plane, seed: 42), second = await HitsAsync(plane, seed: 42), other = await HitsAsync(plane, seed: 43);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        Assert.InRange(first.Count(c => c == 'x'), 8, 32);
    }

    private static async Task<string> HitsAsync(string plane, int seed)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(new ToxiproxyServerOptions { DataPlane = plane, Seed = seed });
        Proxy proxy = await ProxyWithAsync(server, upstream, new LimitDataToxic { ToxicityRatio = 0.5 });
        var hits = new System.Text.StringBuilder();
        for (int i = 0; i < 40; i++)
        {
            using Socket client = await TestServer.ConnectAsync(proxy.Listen);
            await client.SendAsync("x"u8.ToArray(), Token);
            hits.Append(await client.ReceiveAsync(new byte[1], Token) == 0 ? 'x' : '.');
        }
        return hits.ToString();
    }

    private static async Task<Proxy> ProxyWithAsync(TestServer server, Upstream upstream, params Toxic[] toxics)
    {
        Proxy proxy = await server.ProxyToAsync(upstream);
        foreach (Toxic toxic in toxics)
            await server.Client.AddToxicAsync("p", toxic, Token);
        return proxy;
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);
}
