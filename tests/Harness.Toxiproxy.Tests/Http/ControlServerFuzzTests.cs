using System.Net.Sockets;
using System.Text;
using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests.Http;

public sealed class ControlServerFuzzTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Garbage_on_the_wire_neither_stops_nor_slows_the_server()
    {
        await using TestServer server = await TestServer.StartAsync("portable");
        var random = new Random(9);
        string[] parts = ["GET ", "POST ", "/proxies", " HTTP/1.1", "\r\n", "\r\n\r\n", "Content-Length: ", "-1", "99999999999", "5", "Transfer-Encoding: chunked", ":", "\0", "{", "ffffffff", "é"];
        for (int i = 0; i < 300; i++)
        {
            using Socket socket = await TestServer.ConnectAsync(server.Url.Authority);
            string garbage = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]));
            await socket.SendAsync(Encoding.UTF8.GetBytes(garbage), Token);
        }

        Assert.Equal(ToxiproxyServer.CompatibleVersion, await server.Client.GetVersionAsync(Token));
    }

    [Theory]
    [InlineData("latency", "latency")]
    [InlineData("latency", "jitter")]
    [InlineData("bandwidth", "rate")]
    [InlineData("slow_close", "delay")]
    [InlineData("timeout", "timeout")]
    [InlineData("reset_peer", "timeout")]
    [InlineData("slicer", "average_size")]
    [InlineData("slicer", "size_variation")]
    [InlineData("slicer", "delay")]
    [InlineData("limit_data", "bytes")]
    [InlineData("close_after", "time")]
    [InlineData("packet_loss", "retransmission")]
    public async Task Absurd_values_are_taken_and_traffic_under_them_breaks_nothing(string type, string attribute)
    {
        await using Upstream upstream = Upstream.Echo();
        await using TestServer server = await TestServer.StartAsync(new ToxiproxyServerOptions());
        Proxy proxy = await server.ProxyToAsync(upstream);
        using var api = new Support.Api(server.Url);
        foreach (string value in new[] { "9223372036854775807", "-9223372036854775808", "-1", "0", "1" })
        {
            await api.PostAsync("/reset", "");
            Support.Api.Answer answer = await api.PostAsync(
                "/proxies/p/toxics", $$$"""{"type":"{{{type}}}","toxicity":7,"attributes":{"average_size":10,"loss":0.5,"{{{attribute}}}":{{{value}}}}}""");
            Assert.Equal(200, answer.Status);
            Assert.Contains($"\"{attribute}\":{value}", answer.Body, StringComparison.Ordinal);
            using Socket client = await TestServer.ConnectAsync(proxy.Listen);
            await client.SendAsync(new byte[100_000], Token);
        }

        await server.Client.ResetAsync(Token);
        using Socket after = await TestServer.ConnectAsync(proxy.Listen);
        Assert.Equal("well", await Traffic.RoundTripAsync(after, "well"));
    }
}
