using System.Net;
using System.Net.Sockets;
using System.Text;
using Harness.Load.Raw;

namespace Harness.Load.Tests.Raw;

public sealed class RawClientTests
{
    private static readonly byte[] Hello = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"u8.ToArray();
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Keeps_its_connection_from_one_call_to_the_next()
    {
        await using var server = new ScriptedServer((socket, _) => SendAsync(socket, Hello));
        using var client = new RawClient(server.Url);
        var request = RawRequest.Create("GET", server.Url);

        for (int i = 0; i < 20; i++)
        {
            IResponse response = await client.SendAsync(request, Long, TestContext.Current.CancellationToken);
            Assert.Equal((Outcome.Ok, "200", Hello.Length), (response.Outcome, response.StatusCode, response.SizeBytes));
        }

        Assert.Equal(1, server.Connections);
        Assert.Equal(1, client.Connections);
    }

    [Fact]
    public async Task Reads_an_answer_that_comes_one_byte_at_a_time()
    {
        await using var server = new ScriptedServer(async (socket, _) =>
        {
            foreach (byte b in Hello)
                await SendAsync(socket, [b]);
        });
        using var client = new RawClient(server.Url);

        IResponse response = await client.SendAsync(RawRequest.Create("GET", server.Url), Long, TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.Ok, response.Outcome);
    }

    [Fact]
    public async Task Opens_a_new_connection_after_an_answer_that_closes()
    {
        await using var server = new ScriptedServer(async (socket, _) =>
        {
            await SendAsync(socket, Encoding.Latin1.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"));
            socket.Shutdown(SocketShutdown.Both);
        });
        using var client = new RawClient(server.Url);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(Outcome.Ok, (await client.SendAsync(
                RawRequest.Create("GET", server.Url), Long, TestContext.Current.CancellationToken)).Outcome);
        }

        Assert.Equal(3, server.Connections);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(12)]
    [InlineData(30)]
    [InlineData(40)]
    public async Task Does_not_claim_to_know_what_came_of_a_call_that_was_reset_at(int bytesBefore)
    {
        await using var server = new ScriptedServer(async (socket, _) =>
        {
            await SendAsync(socket, Hello[..bytesBefore]);
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        });
        using var client = new RawClient(server.Url);

        IResponse response = await client.SendAsync(RawRequest.Create("GET", server.Url), Long, TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.Unknown, response.Outcome);
        Assert.Contains(response.Error, (string[])["connection-reset", "response-ended"]);
        Assert.Equal(0, client.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 503 Unavailable\r\nContent-Length: 0\r\n\r\n", Outcome.Refused, "http-503")]
    [InlineData("HTTP/1.1 500 Error\r\nContent-Length: 0\r\n\r\n", Outcome.Unknown, "http-500")]
    [InlineData("220 smtp.example.org\r\n", Outcome.Unknown, "invalid-response")]
    public async Task Says_what_an_answer_that_is_not_ok_means(string answer, Outcome outcome, string error)
    {
        await using var server = new ScriptedServer((socket, _) => SendAsync(socket, Encoding.Latin1.GetBytes(answer)));
        using var client = new RawClient(server.Url);

        IResponse response = await client.SendAsync(RawRequest.Create("GET", server.Url), Long, TestContext.Current.CancellationToken);

        Assert.Equal((outcome, error), (response.Outcome, response.Error));
    }

    [Fact]
    public async Task Gives_up_a_call_when_its_time_is_over_and_never_uses_its_connection_again()
    {
        await using var server = new ScriptedServer((socket, request) => request == 1 ? Task.CompletedTask : SendAsync(socket, Hello));
        using var client = new RawClient(server.Url);
        var request = RawRequest.Create("GET", server.Url);

        IResponse late = await client.SendAsync(request, TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        IResponse next = await client.SendAsync(request, Long, TestContext.Current.CancellationToken);

        Assert.Equal((Outcome.Unknown, "timeout"), (late.Outcome, late.Error));
        Assert.Equal(Outcome.Ok, next.Outcome);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Knows_that_nothing_was_done_when_nobody_listens()
    {
        using var unused = new Socket(SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var url = new Uri($"http://127.0.0.1:{((IPEndPoint)unused.LocalEndPoint!).Port}/");
        using var client = new RawClient(url);

        IResponse response = await client.SendAsync(RawRequest.Create("GET", url), Long, TestContext.Current.CancellationToken);

        Assert.Equal((Outcome.Refused, "connection-refused"), (response.Outcome, response.Error));
    }

    [Fact]
    public async Task Takes_no_sample_of_a_call_that_the_end_of_the_run_cut_off()
    {
        using var run = new CancellationTokenSource();
        await using var server = new ScriptedServer((_, _) => run.CancelAsync());
        using var client = new RawClient(server.Url);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await client.SendAsync(RawRequest.Create("GET", server.Url), Long, run.Token));
    }

    [Fact]
    public async Task Carries_many_calls_at_once_under_a_load()
    {
        await using var server = new ScriptedServer((socket, _) => SendAsync(socket, Hello));
        using var client = new RawClient(server.Url);
        var request = RawRequest.Create("GET", server.Url);

        LoadResult result = await LoadRunner.RegisterScenarios(
            Scenario.Create("raw", context => client.SendAsync(request, Long, context.ScenarioCancellationToken))
                .WithLoadSimulations(Simulation.IterationsForConstant(16, 5_000))).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(5_000, result.Scenarios[0].Total.Ok);
        Assert.InRange(server.Connections, 1, 16);
    }

    [Fact]
    public void Refuses_a_head_that_would_be_two()
    {
        Assert.Throws<ArgumentException>(() => RawRequest.Create("GET", new Uri("http://a/"), new Dictionary<string, string> { ["A"] = "b\r\nC: d" }));
        Assert.Throws<ArgumentException>(() => new RawClient(new Uri("https://a/")));
    }

    private static async Task SendAsync(Socket socket, byte[] bytes)
    {
        if (bytes.Length > 0)
            await socket.SendAsync(bytes);
    }
}
