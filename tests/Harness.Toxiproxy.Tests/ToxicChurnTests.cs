using System.Net.Sockets;
using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

public sealed class ToxicChurnTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EachDataPlane]
    public async Task Bytes_out_are_bytes_in_while_toxics_come_change_and_go(string plane)
    {
        byte[] sent = Traffic.RandomBytes(8_000_000, 5);
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        using var over = new CancellationTokenSource();
        Task<int> churning = ChurnAsync(server, new Random(6), over.Token);

        Task sending = Upstream.SendAllAsync(client, sent, Token);
        byte[] received = await Traffic.ReadExactlyAsync(client, sent.Length);
        await sending;
        await over.CancelAsync();

        Assert.True(received.AsSpan().SequenceEqual(sent), "The bytes that came out are not those that went in.");
        Assert.True(await churning > 10, "Too few changes to prove anything.");
    }

    private static async Task<int> ChurnAsync(TestServer server, Random random, CancellationToken over)
    {
        int changes = 0;
        while (!over.IsCancellationRequested)
        {
            string name = $"t{random.Next(4)}";
            bool there = (await server.Client.GetProxyAsync("p", Token)).Toxics.Any(t => t.Name == name);
            if (!there)
                await server.Client.AddToxicAsync("p", AnyToxic(random, name), Token);
            else
                await server.Client.RemoveToxicAsync("p", name, Token);
            changes++;
        }
        await server.Client.ResetAsync(Token);
        return changes;
    }

    private static Toxic AnyToxic(Random random, string name)
    {
        Toxic toxic = random.Next(4) switch
        {
            0 => new LatencyToxic { Latency = TimeSpan.FromMilliseconds(random.Next(20)), Jitter = TimeSpan.FromMilliseconds(random.Next(20)) },
            1 => new BandwidthToxic { BytesPerSecond = random.Next(5, 100) * 1_000_000L },
            2 => new SlicerToxic { AverageBytes = random.Next(500, 5000), VariationBytes = random.Next(3000), Delay = TimeSpan.FromMicroseconds(random.Next(100)) },
            _ => new NoopToxic(),
        };
        return toxic with { Name = name, Stream = (ToxicStream)random.Next(2), ToxicityRatio = random.Next(2) == 0 ? 1 : 0.5 };
    }
}
