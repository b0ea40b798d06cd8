using System.Net.Sockets;
using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

/// <summary>Alone in the process: the memory that another test holds meanwhile is in no way told apart from a leak.</summary>
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
[Collection(nameof(LeakTests))]
public sealed class LeakTests
{
    private const long LeftBytesMax = 30_000_000;


    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EachDataPlane]
    public async Task A_thousand_aborted_downloads_under_latency_leave_nothing_behind(string plane)
    {
        byte[] block = new byte[256 * 1024];
        await using Upstream upstream = Upstream.Serving(async (socket, token) =>
        {
            while (true)
                await socket.SendAsync(block, token);
        });
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.ProxyToAsync(upstream);
        await server.Client.AddToxicAsync("p", new LatencyToxic { Latency = TimeSpan.FromMilliseconds(50) }, Token);
        await AbortAsync(proxy, 50);
        await IdleAsync(server);
        long before = Managed();

        await AbortAsync(proxy, 1000);
        await IdleAsync(server);

        // Closed connections let go of their buffers a moment after they are counted as closed.
        await Eventually.TrueAsync(() => Task.FromResult(Managed() - before < LeftBytesMax));
    }

    private static async Task AbortAsync(Proxy proxy, int count)
    {
        for (int i = 0; i < count; i += 10)
            await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => AbortOneAsync(proxy)));
    }

    private static async Task AbortOneAsync(Proxy proxy)
    {
        using Socket client = await TestServer.ConnectAsync(proxy.Listen);
        Assert.True(await client.ReceiveAsync(new byte[1000], Token) > 0);
        client.LingerState = new LingerOption(true, 0);
    }

    private static async Task IdleAsync(TestServer server) =>
        await Eventually.TrueAsync(async () => (await server.Client.GetProxyEvidenceAsync("p", Token))!.Open == 0);

    private static long Managed() => GC.GetTotalMemory(forceFullCollection: true);
}
