using System.Net.Sockets;
using System.Threading.Channels;
using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

public sealed class ToxicChurnTests
{
    private const int BlockSize = 16 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EachDataPlane]
    public async Task Bytes_out_are_bytes_in_while_toxics_come_change_and_go(string plane)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Task churning = ChurnAsync(server, new Random(6));
        var blocks = Channel.CreateUnbounded<long>();
        Task sending = SendUntilAsync(client, churning, blocks.Writer);

        await VerifyAsync(client, blocks.Reader);
        await Task.WhenAll(sending, churning);
    }

    private static async Task SendUntilAsync(Socket client, Task over, ChannelWriter<long> blocks)
    {
        var random = new Random(5);
        byte[] block = new byte[BlockSize];
        for (long number = 0; number == 0 || !over.IsCompleted; number++)
        {
            random.NextBytes(block);
            await Upstream.SendAllAsync(client, block, Token);
            await blocks.WriteAsync(number, Token);
        }
        blocks.Complete();
    }

    private static async Task VerifyAsync(Socket client, ChannelReader<long> blocks)
    {
        var random = new Random(5);
        byte[] expected = new byte[BlockSize];
        await foreach (long number in blocks.ReadAllAsync(Token))
        {
            random.NextBytes(expected);
            byte[] block = await Traffic.ReadExactlyAsync(client, BlockSize);
            Assert.True(block.AsSpan().SequenceEqual(expected), $"Block {number} came out changed.");
        }
    }

    private static async Task ChurnAsync(TestServer server, Random random)
    {
        var there = new HashSet<string>();
        for (int change = 0; change < 200; change++)
        {
            string name = $"t{random.Next(4)}";
            if (there.Add(name))
            {
                await server.Client.AddToxicAsync("p", AnyToxic(random, name), Token);
            }
            else
            {
                there.Remove(name);
                await server.Client.RemoveToxicAsync("p", name, Token);
            }
        }
        await server.Client.ResetAsync(Token);
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
