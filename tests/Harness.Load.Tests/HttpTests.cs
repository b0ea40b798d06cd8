using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Harness.Load.Tests.Raw;

namespace Harness.Load.Tests;

public sealed class HttpTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Reads_an_answer_as_json_and_says_when_it_is_none()
    {
        await using var server = new ScriptedServer((socket, number) => SendAsync(socket, 200, number == 1 ? """{"id":7}""" : "<html>"));
        using HttpMessageInvoker client = Http.CreateClient();

        Response<HttpResponse<Item>> good = await Http.Send<Item>(client, Http.CreateRequest("GET", server.Url.AbsoluteUri));
        Response<HttpResponse<Item>> bad = await Http.Send<Item>(client, Http.CreateRequest("GET", server.Url.AbsoluteUri));

        Assert.Equal((Outcome.Ok, new Item(7)), (good.Outcome, good.Payload!.Value.Data));
        Assert.Equal((Outcome.Unknown, "bad-answer"), (bad.Outcome, bad.Error));
    }

    [Theory]
    [InlineData(200, Outcome.Ok, "")]
    [InlineData(409, Outcome.Refused, "http-409")]
    [InlineData(503, Outcome.Refused, "http-503")]
    [InlineData(504, Outcome.Unknown, "http-504")]
    [InlineData(302, Outcome.Unknown, "http-302")]
    public async Task Believes_only_what_a_status_promises(int status, Outcome outcome, string error)
    {
        await using var server = new ScriptedServer((socket, _) => SendAsync(socket, status, "x"));
        using HttpMessageInvoker client = Http.CreateClient();

        Response<HttpResponseMessage> response = await Http.Send(client, Http.CreateRequest("GET", server.Url.AbsoluteUri));

        Assert.Equal((outcome, error), (response.Outcome, response.Error));
        Assert.Equal(status.ToString(CultureInfo.InvariantCulture), response.StatusCode);
    }

    [Fact]
    public async Task Times_one_call_out_and_leaves_the_next_its_whole_time()
    {
        await using var server = new ScriptedServer((socket, number) => number % 2 == 1 ? Task.CompletedTask : SendAsync(socket, 200, "x"));
        using HttpMessageInvoker client = Http.CreateClient();

        for (int i = 0; i < 5; i++)
        {
            Response<HttpResponseMessage> late = await Http.Send(
                client, Http.CreateRequest("GET", server.Url.AbsoluteUri), TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
            Response<HttpResponseMessage> next = await Http.Send(
                client, Http.CreateRequest("GET", server.Url.AbsoluteUri), Long, TestContext.Current.CancellationToken);

            Assert.Equal((Outcome.Unknown, "timeout"), (late.Outcome, late.Error));
            Assert.Equal(Outcome.Ok, next.Outcome);
        }
    }

    [Fact]
    public async Task Takes_no_sample_of_a_call_that_the_end_of_the_run_cut_off()
    {
        using var run = new CancellationTokenSource();
        await using var server = new ScriptedServer((_, _) => run.CancelAsync());
        using HttpMessageInvoker client = Http.CreateClient();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Http.Send(client, Http.CreateRequest("GET", server.Url.AbsoluteUri), Long, run.Token));
    }

    [Fact]
    public async Task Does_not_claim_to_know_what_came_of_an_answer_cut_off_in_its_body()
    {
        await using var server = new ScriptedServer(async (socket, _) =>
        {
            await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"u8.ToArray());
            socket.Shutdown(SocketShutdown.Both);
        });
        using HttpMessageInvoker client = Http.CreateClient();

        Response<HttpResponseMessage> response = await Http.Send(client, Http.CreateRequest("GET", server.Url.AbsoluteUri));

        Assert.Equal((Outcome.Unknown, "response-ended"), (response.Outcome, response.Error));
    }

    [Theory]
    [InlineData(SocketError.ConnectionRefused, "connection-refused")]
    [InlineData(SocketError.ConnectionReset, "connection-reset")]
    [InlineData(SocketError.HostNotFound, "name-not-resolved")]
    [InlineData(SocketError.ProtocolNotSupported, "socket-error")]
    public void Names_the_class_of_the_innermost_cause_that_has_one(SocketError error, string name) =>
        Assert.Equal(name, ErrorClass.Of(new HttpRequestException("outer", new IOException("inner", new SocketException((int)error)))));

    [Fact]
    public void Names_an_exception_that_nobody_expected_by_its_type()
    {
        Assert.Equal("InvalidOperationException", ErrorClass.Of(new InvalidOperationException("no")));
        Assert.Equal("timeout", ErrorClass.Of(new TaskCanceledException("late", new TimeoutException())));
        Assert.Equal("cancelled", ErrorClass.Of(new TaskCanceledException()));
    }

    private static async Task SendAsync(Socket socket, int status, string body) => await socket.SendAsync(Encoding.Latin1.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Status\r\nContent-Length: {body.Length}\r\n\r\n{body}")));

    private sealed record Item(int Id);
}
