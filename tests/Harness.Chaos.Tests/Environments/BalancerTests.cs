using System.Net;
using System.Net.Sockets;
using Harness.Chaos.Environments;

namespace Harness.Chaos.Tests.Environments;

public sealed class BalancerTests : IDisposable
{
    private readonly TcpListener _first = Listen(), _second = Listen();

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public async Task Deals_connections_out_in_turn_and_counts_those_that_are_not_the_first_ones()
    {
        await using Balancer balancer = Balancer.Start([PortOf(_first), PortOf(_second)]);
        _ = AnswerAsync(_first, (byte)'a');
        _ = AnswerAsync(_second, (byte)'b');

        var said = new List<char>();
        for (int i = 0; i < 6; i++)
            said.Add(await AskAsync(balancer.Port));

        Assert.Equal("ababab", string.Concat(said));
        Assert.Equal(3, balancer.Beside);
    }

    [Fact]
    public async Task Goes_to_the_next_one_when_an_instance_is_gone()
    {
        await using Balancer balancer = Balancer.Start([PortOf(_first), PortOf(_second)]);
        _first.Stop();
        _ = AnswerAsync(_second, (byte)'b');

        Assert.Equal('b', await AskAsync(balancer.Port));
        Assert.Equal('b', await AskAsync(balancer.Port));
        Assert.Equal(2, balancer.Beside);
    }

    [Fact]
    public async Task Closes_what_is_open_when_it_ends()
    {
        Balancer balancer = Balancer.Start([PortOf(_first)]);
        using var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, balancer.Port, TestContext.Current.CancellationToken);
        using Socket instance = await _first.AcceptSocketAsync(TestContext.Current.CancellationToken);

        await balancer.DisposeAsync();

        Assert.Equal(0, await caller.GetStream().ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, TestContext.Current.CancellationToken));
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private static async Task AnswerAsync(TcpListener instance, byte letter)
    {
        while (true)
        {
            using Socket caller = await instance.AcceptSocketAsync();
            var asked = new byte[1];
            if (await caller.ReceiveAsync(asked) == 1)
                await caller.SendAsync(new[] { letter });
        }
    }

    private static async Task<char> AskAsync(int port)
    {
        using var caller = new TcpClient();
        await caller.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
        NetworkStream stream = caller.GetStream();
        await stream.WriteAsync(new byte[] { 1 }, TestContext.Current.CancellationToken);
        caller.Client.Shutdown(SocketShutdown.Send);
        var answer = new byte[1];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        return (char)answer[0];
    }
}
