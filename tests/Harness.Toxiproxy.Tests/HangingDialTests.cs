using System.Net;
using System.Net.Sockets;
using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests;

public sealed class HangingDialTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [EachDataPlane]
    public async Task A_dial_that_hangs_holds_up_neither_other_connections_nor_the_api(string plane)
    {
        // A listener whose queue is full drops what knocks: whoever dials it waits.
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task[] queued = [.. Enumerable.Range(0, 8).Select(_ => KnockAsync((IPEndPoint)full.LocalEndPoint!, over.Token))];
        await using TestServer server = await TestServer.StartAsync(plane);
        Proxy proxy = await server.Client.CreateProxyAsync("p", "127.0.0.1:0", full.LocalEndPoint!.ToString()!, Token);

        using Socket first = await TestServer.ConnectAsync(proxy.Listen);
        using Socket second = await TestServer.ConnectAsync(proxy.Listen);
        await Eventually.TrueAsync(async () => (await server.Client.GetProxyEvidenceAsync("p", Token))!.Accepted == 2);
        await server.Client.AddToxicAsync("p", new LatencyToxic(), Token);
        TimeSpan deleted = await Traffic.TimeAsync(() => server.Client.DeleteProxyAsync("p", Token));

        // A dial is given up after two minutes; a machine under load needs a moment.
        Assert.InRange(deleted, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Empty(await Traffic.ReadToEndAsync(first));
        await over.CancelAsync();
        await Task.WhenAll(queued);
    }

    private static async Task KnockAsync(IPEndPoint address, CancellationToken over)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address, over);
            await Task.Delay(Timeout.InfiniteTimeSpan, over);
        }
        catch (OperationCanceledException)
        {
            // It has kept its place in the queue for as long as the test ran.
            Assert.True(over.IsCancellationRequested);
        }
    }
}
