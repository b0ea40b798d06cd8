using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Harness.Load.Tests.Ordinary;

/// <summary>What goes over the event loops looks on both ends as if .NET's own handler had carried it.</summary>
public sealed class LaneHandlerTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> _seen = [];
    private WebApplication _server = null!;
    private string _url = "";

    /// <summary>Requests, each as a function that makes it anew.</summary>
    public static TheoryData<string> Requests { get; } = new(
        "get", "query", "head", "options", "delete", "post nothing", "put text", "patch json", "form", "memory", "many values", "own host", "agent",
        "large", "chunked stream", "close");

    public async ValueTask InitializeAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            string body = await reader.ReadToEndAsync();
            IEnumerable<string> headers = context.Request.Headers.Select(header => $"{header.Key}={header.Value}")
                // With a body in memory its length is known beforehand, where .NET's handler may send chunks.
                .Where(header => !header.StartsWith("Content-Length", StringComparison.Ordinal) && !header.StartsWith("Transfer-Encoding", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal);
            _seen.Enqueue($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {string.Join(';', headers)} {body.Length}:{body[..Math.Min(40, body.Length)]}");
            context.Response.Headers.ETag = "\"1\"";
            context.Response.Headers["X-Twice"] = new(["a", "b"]);
            context.Response.ContentType = "text/plain; charset=utf-8";
            await context.Response.WriteAsync("grüße");
        });
        await _server.StartAsync();
        _url = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Carries_a_request_as_dotnet_does(string what)
    {
        string own = await CarryAsync(what, onLoops: true);
        string dotnet = await CarryAsync(what, onLoops: false);

        Assert.Equal(dotnet, own);
        Assert.Equal(2, _seen.Count);
        Assert.Equal(_seen.Last(), _seen.First());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Throws_what_dotnet_throws_when_nobody_listens(bool onLoops)
    {
        using var unused = new Socket(SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using HttpMessageInvoker client = Http.CreateClient(onLoops);

        HttpRequestException thrown = await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(
            new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{((IPEndPoint)unused.LocalEndPoint!).Port}/"),
            TestContext.Current.CancellationToken));

        Assert.Equal(HttpRequestError.ConnectionError, thrown.HttpRequestError);
        Assert.Equal("connection-refused", ErrorClass.Of(thrown));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Looks_a_name_up_and_knows_one_that_is_none(bool onLoops)
    {
        using HttpMessageInvoker client = Http.CreateClient(onLoops);

        Response<HttpResponseMessage> named = await Http.Send(client, Http.CreateRequest("GET", _url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)));
        Response<HttpResponseMessage> unknown = await Http.Send(client, Http.CreateRequest("GET", "http://no-such-host.invalid/"));

        Assert.Equal(Outcome.Ok, named.Outcome);
        Assert.Equal((Outcome.Refused, "name-not-resolved"), (unknown.Outcome, unknown.Error));
    }

    private async Task<string> CarryAsync(string what, bool onLoops)
    {
        using HttpMessageInvoker client = Http.CreateClient(onLoops);
        Response<HttpResponseMessage> response = await Http.Send(client, Make(what));
        HttpResponseMessage answer = response.Payload!.Value;
        string body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        IEnumerable<string> headers = answer.Headers.Concat(answer.Content.Headers)
            .Where(header => header.Key is not "Date" and not "Content-Length" and not "Transfer-Encoding")
            .Select(header => $"{header.Key}={string.Join('|', header.Value)}").Order(StringComparer.Ordinal);
        return $"{response.Outcome} {response.StatusCode} {answer.StatusCode} {answer.ReasonPhrase} {answer.Version} {string.Join(';', headers)} {body}";
    }

    private HttpRequestMessage Make(string what) => what switch
    {
        "query" => Http.CreateRequest("GET", $"{_url}/a%20b?c=d%26e&ü"),
        "head" => Http.CreateRequest("HEAD", _url),
        "options" => Http.CreateRequest("OPTIONS", _url),
        "delete" => Http.CreateRequest("DELETE", _url),
        "post nothing" => Http.CreateRequest("POST", _url),
        "put text" => Http.CreateRequest("PUT", _url).WithBody(new StringContent("grüße")),
        "patch json" => Http.CreateRequest("PATCH", _url).WithJsonBody(new { Sku = "a-1", Quantity = 2 }),
        "form" => Http.CreateRequest("POST", _url).WithBody(new FormUrlEncodedContent([new("a", "b c")])),
        "memory" => Http.CreateRequest("POST", _url).WithBody(new ReadOnlyMemoryContent("memory"u8.ToArray())),
        "many values" => Http.CreateRequest("GET", _url).WithHeader("X-A", "1").WithHeader("X-A", "2").WithHeader("Accept", "text/plain"),
        "own host" => Http.CreateRequest("GET", _url).WithHeader("Host", "shop.example"),
        "agent" => WithAgent(Http.CreateRequest("GET", _url)),
        "large" => Http.CreateRequest("POST", _url).WithBody(new ByteArrayContent(new byte[5_000_000])),
        "chunked stream" => Http.CreateRequest("POST", _url).WithBody(new StreamContent(new MemoryStream("stream"u8.ToArray()))),
        "close" => Http.CreateRequest("GET", _url).WithHeader("Connection", "close"),
        _ => Http.CreateRequest("GET", _url),
    };

    private static HttpRequestMessage WithAgent(HttpRequestMessage request)
    {
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("shop", "1.0"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("(test)"));
        return request;
    }
}
