using System.Net.Sockets;
using System.Numerics;
using System.Text;
using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

/// <summary>The toxics that the original does not have, on real sockets.</summary>
public sealed class ExtensionTrafficTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EachDataPlane]
    public async Task Corrupt_flips_single_bits_in_about_the_asked_share_of_bytes(string plane)
    {
        byte[] sent = Traffic.RandomBytes(1_000_000, 1);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new CorruptToxic { ByteRatio = 0.01 });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        byte[] received = await Traffic.ReadToEndAsync(client);

        Assert.Equal(sent.Length, received.Length);
        int[] flipped = [.. sent.Zip(received, (a, b) => BitOperations.PopCount((uint)(a ^ b))).Where(bits => bits > 0)];
        Assert.All(flipped, bits => Assert.Equal(1, bits));
        // 10 000 expected with a standard deviation of 100.
        Assert.InRange(flipped.Length, 9_500, 10_500);
    }

    [Theory]
    [EachDataPlane]
    public async Task Tamper_changes_a_digit_where_it_can_read_and_a_bit_where_it_cannot(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new TamperToxic { Name = "t", Stream = ToxicStream.Downstream, After = "\"price\": " });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        Assert.Equal("{\"price\": 458}", await SayAsync(client, "{\"price\": 558}"));
        string sealedText = "nobody reads this", back = await SayAsync(client, sealedText);

        Assert.Equal(1, sealedText.Zip(back, (a, b) => BitOperations.PopCount((uint)(a ^ b))).Sum());
        Assert.Equal(2, (await server.Client.GetEvidenceAsync("p", "t", Token))!.Chunks);
    }

    private static async Task<string> SayAsync(Socket client, string text)
    {
        await client.SendAsync(System.Text.Encoding.ASCII.GetBytes(text), Token);
        byte[] back = new byte[text.Length];
        for (int read = 0; read < back.Length;)
            read += await client.ReceiveAsync(back.AsMemory(read), Token);
        return System.Text.Encoding.ASCII.GetString(back);
    }

    [Theory]
    [EachDataPlane]
    public async Task Packet_loss_loses_nothing_and_keeps_the_order(string plane)
    {
        byte[] sent = Traffic.RandomBytes(2_000_000, 2);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new PacketLossToxic { Name = "loss", LossRatio = 0.5, Retransmission = TimeSpan.FromMilliseconds(1) });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        Assert.Equal(sent, await Traffic.ReadToEndAsync(client));
        Assert.True((await server.Client.GetEvidenceAsync("p", "loss", Token))!.Chunks > 0);
    }

    [Theory]
    [EachDataPlane]
    public async Task A_slow_open_delays_the_first_byte_only(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new SlowOpenToxic { Delay = TimeSpan.FromMilliseconds(100) });

        TimeSpan first = await Traffic.TimeAsync(async () =>
        {
            using Socket client = await TestServer.ConnectAsync(proxy.Listen);
            await Traffic.RoundTripAsync(client, "hello");
        });

        Assert.True(first >= TimeSpan.FromMilliseconds(99), $"It took {first}.");
    }

    [Theory]
    [EachDataPlane]
    public async Task A_refused_open_is_reset_and_counted(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new RefuseOpenToxic());

        SocketException refused = await Assert.ThrowsAsync<SocketException>(async () =>
        {
            using Socket client = await TestServer.ConnectAsync(proxy.Listen);
            await Traffic.ReadToEndAsync(client);
        });

        Assert.Equal(SocketError.ConnectionReset, refused.SocketErrorCode);
        Assert.Equal(1, (await server.Client.GetProxyEvidenceAsync("p", Token))!.Refused);
    }

    [Theory]
    [EachDataPlane]
    public async Task An_open_that_hangs_goes_on_when_the_toxic_goes(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new HangOpenToxic { Name = "hang" });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Task<string> answered = Traffic.RoundTripAsync(client, "hello");
        await Eventually.TrueAsync(async () => (await server.Client.GetEvidenceAsync("p", "hang", Token))!.Connections == 1);
        Assert.False(answered.IsCompleted);

        await server.Client.RemoveToxicAsync("p", "hang", Token);

        Assert.Equal("hello", await answered);
    }

    [Theory]
    [EachDataPlane]
    public async Task Shared_bandwidth_is_one_rate_for_all_connections(string plane)
    {
        byte[] sent = Traffic.RandomBytes(100_000, 3);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new SharedBandwidthToxic { BytesPerSecond = 1_000_000 });

        TimeSpan took = await Traffic.TimeAsync(() => Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using Socket client = await TestServer.ConnectAsync(proxy.Listen);
            Assert.Equal(sent, await Traffic.ReadToEndAsync(client));
        })));

        Assert.InRange(took, TimeSpan.FromMilliseconds(380), TimeSpan.FromSeconds(10));
    }

    [Theory]
    [EachDataPlane]
    public async Task Close_after_ends_the_stream_at_the_byte(string plane)
    {
        byte[] sent = Traffic.RandomBytes(100_000, 4);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new CloseAfterToxic { AfterBytes = 12_345 });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        Assert.Equal(sent[..12_345], await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task Stall_after_holds_the_rest_until_it_is_removed(string plane)
    {
        byte[] sent = Traffic.RandomBytes(100_000, 5);
        await using Upstream upstream = Upstream.Serving((socket, token) => Upstream.SendAllAsync(socket, sent, token));
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new StallAfterToxic { Name = "stall", AfterBytes = 1000 });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Assert.Equal(sent[..1000], await Traffic.ReadExactlyAsync(client, 1000));
        await Eventually.TrueAsync(async () => (await server.Client.GetEvidenceAsync("p", "stall", Token))!.Connections == 1);
        Assert.Equal(0, client.Available);

        await server.Client.RemoveToxicAsync("p", "stall", Token);

        Assert.Equal(sent[1000..], await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task An_http_fault_answers_what_matches_and_passes_the_rest(string plane)
    {
        await using Upstream upstream = Upstream.Serving(AnswerAsync);
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(
            server, upstream, new HttpFaultToxic { Name = "f", Stream = ToxicStream.Upstream, Method = "POST", Path = "/orders", Status = 503 });
        using var http = new HttpClient { BaseAddress = new Uri($"http://{proxy.Listen}") };

        Assert.Equal("0123456789", await http.GetStringAsync("/orders/1", Token));
        using HttpResponseMessage faulted = await http.PostAsync("/orders", new StringContent(""), Token);

        Assert.Equal(503, (int)faulted.StatusCode);
        Assert.Equal(1, (await server.Client.GetEvidenceAsync("p", "f", Token))!.Connections);
    }

    [Theory]
    [EachDataPlane]
    public async Task An_http_fault_cuts_a_body_in_the_middle(string plane)
    {
        await using Upstream upstream = Upstream.Serving(AnswerAsync);
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new HttpFaultToxic { Stream = ToxicStream.Upstream, CutBodyAfterBytes = 4 });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), Token);

        string received = Encoding.ASCII.GetString(await Traffic.ReadToEndAsync(client));

        Assert.EndsWith("\r\n\r\n0123", received, StringComparison.Ordinal);
    }

    [Theory]
    [EachDataPlane]
    public async Task A_toxic_for_other_clients_leaves_this_one_alone(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(server, upstream, new TimeoutToxic { Clients = "10.0.0.0/8" });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        Assert.Equal("hello", await Traffic.RoundTripAsync(client, "hello"));

        await server.Client.AddToxicAsync("p", new LimitDataToxic { Clients = "10.0.0.1, 127.0.0.0/8" }, Token);
        await client.SendAsync("x"u8.ToArray(), Token);
        Assert.Empty(await Traffic.ReadToEndAsync(client));
    }

    [Theory]
    [EachDataPlane]
    public async Task One_toxic_acts_both_ways(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await ProxyWithAsync(
            server, upstream, new LatencyToxic { Name = "l", Stream = ToxicStream.Both, Latency = TimeSpan.FromMilliseconds(40) });
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);

        TimeSpan took = await Traffic.TimeAsync(() => Traffic.RoundTripAsync(client, "hello"));

        Assert.True(took >= TimeSpan.FromMilliseconds(80), $"It took {took}.");
        Assert.Equal(2, (await server.Client.GetEvidenceAsync("p", "l", Token))!.Chunks);
        Assert.Single((await server.Client.GetProxyAsync("p", Token)).Toxics);
    }

    [Theory]
    [EachDataPlane]
    public async Task Open_connections_are_listed_with_their_bytes(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        await Traffic.RoundTripAsync(client, "hello");
        using var api = new Support.Api(server.Url);

        string body = (await api.GetAsync("/proxies/p/connections")).Body;

        Assert.Matches($$"""^\[\{"number":1,"client":"{{client.LocalEndPoint}}","open_ms":\d+,"bytes_up":5,"bytes_down":5\}\]$""", body);
    }

    [Theory]
    [EachDataPlane]
    public async Task Events_are_streamed_as_they_happen(string plane)
    {
        await using TestServer server = await TestServer.StartAsync(plane);
        using var http = new HttpClient { BaseAddress = server.Url };
        await using Stream events = await http.GetStreamAsync("/events", Token);
        using var lines = new StreamReader(events);
        Task<string?> first = lines.ReadLineAsync(Token).AsTask();
        // The stream may begin to listen a moment after its headers came.
        int number = 0;
        await Eventually.TrueAsync(async () =>
        {
            await server.Client.CreateProxyAsync($"p{number++}", "127.0.0.1:0", "127.0.0.1:1", Token);
            return first.IsCompleted;
        });

        Assert.Contains("\"message\":\"Started proxy\"", await first, StringComparison.Ordinal);
    }

    private static async Task AnswerAsync(Socket socket, CancellationToken token)
    {
        byte[] buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, token) > 0)
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789"u8.ToArray(), token);
    }

    private static async Task<Proxy> ProxyWithAsync(TestServer server, Upstream upstream, Toxic toxic)
    {
        Proxy proxy = await server.ProxyToAsync(upstream);
        await server.Client.AddToxicAsync("p", toxic, Token);
        return proxy;
    }
}
