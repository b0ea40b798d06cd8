using System.Globalization;
using Harness.Target.Messaging;

namespace Harness.Target.Tests.Messaging;

public sealed class DeadLetterCommandLineTests : IDisposable
{
    private static readonly string Ill = new Message(MessageTypes.OrderCreated, "order-1", "customer-1", "sku-0001", 1, 100).ToJson();
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public async Task Lists_and_replays_those_of_all_services_or_of_one()
    {
        using var redis = new RedisServer();
        await using var client = await redis.ConnectAsync();
        await client.GetDatabase().ListLeftPushAsync("bus:payments:dead", Ill);
        await client.GetDatabase().ListLeftPushAsync("bus:orders:dead", "no\nmessage");
        string[] where = ["--redis", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redis.Port}")];

        Assert.Equal(0, await RunAsync(["list", .. where]));
        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("""{"service":"orders","type":null,"orderId":null,"body":"no\nmessage"}""", lines[0]);
        Assert.StartsWith("""{"service":"payments","type":"ORDER_CREATED","orderId":"order-1","body":""", lines[1], StringComparison.Ordinal);
        Assert.Equal(2, lines.Length);

        Assert.Equal(0, await RunAsync(["replay", .. where, "--service", "payments"]));
        Assert.EndsWith("payments: 1 replayed", _output.ToString().TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(Ill, await client.GetDatabase().ListGetByIndexAsync("bus:payments:waiting", 0));
        Assert.Equal((0, 1), (await client.GetDatabase().ListLengthAsync("bus:payments:dead"), await client.GetDatabase().ListLengthAsync("bus:orders:dead")));
    }

    [Fact]
    public async Task Refuses_bad_words_all_at_once()
    {
        Assert.Equal(2, await RunAsync(["replay", "--service", "order", "--bus", "stream"]));
        Assert.All(["did you mean 'orders'?", "did you mean 'streams'?", "--redis"], told => Assert.Contains(told, _errors.ToString(), StringComparison.Ordinal));
        Assert.Equal(2, await RunAsync([]));
        Assert.Contains("say 'list' or 'replay'", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_so_when_Redis_does_not_answer()
    {
        Assert.Equal(3, await RunAsync(["list", "--redis", "127.0.0.1:1"]));
        Assert.Contains("Redis at 127.0.0.1:1 does not answer", _errors.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string[] args) => new DeadLetterCommandLine().RunAsync(args, _output, _errors);
}
