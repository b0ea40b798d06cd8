using System.Net;
using Harness.Target.Messaging;
using StackExchange.Redis;

namespace Harness.Target.Tests.Messaging;

public sealed class StreamBusTests : BusContract, IAsyncLifetime
{
    private readonly RealRedis _redis = new();
    private RedisLink? _connected;

    private RedisLink Link => _connected!;

    protected override IBus Bus => new StreamBus(Link, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        await _redis.ListensAsync();
        _connected = new RedisLink(new ServiceOptions
        {
            Service = ServiceName.Payments,
            Url = new Uri("http://127.0.0.1:1"),
            DataFolder = ".",
            Redis = new DnsEndPoint("127.0.0.1", _redis.Port),
        });
        await Eventually.TrueAsync(async () =>
        {
            try
            {
                return Link.IsConnected && await Link.Database.PingAsync() > TimeSpan.Zero;
            }
            catch (RedisException)
            {
                return false;
            }
        }, "Redis answers");
    }

    public async ValueTask DisposeAsync()
    {
        if (_connected is not null)
            await _connected.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Fact]
    public async Task Sets_aside_at_once_what_is_no_message()
    {
        await Link.Database.StreamAddAsync("bus:payments:stream", "body", "no message");
        var consumer = Bus.Join(ServiceName.Payments);
        var delivery = Assert.Single(await consumer.ReceiveAsync(Ended));

        Assert.Null(delivery.Message);
        Assert.True(await consumer.RejectAsync(delivery, Ended));
        Assert.Equal("no message", await Link.Database.ListGetByIndexAsync("bus:payments:dead", 0));
        Assert.Equal(new BusCounts(0, 1), await Bus.CountAsync(ServiceName.Payments, Ended));
    }

    [Fact]
    public async Task Goes_on_when_the_server_came_back_empty()
    {
        var consumer = Bus.Join(ServiceName.Payments);
        await Bus.PublishAsync([Event(MessageTypes.OrderCreated, "before")], Ended);
        await consumer.AcknowledgeAsync(await consumer.ReceiveAsync(Ended), Ended);
        await Link.Database.KeyDeleteAsync("bus:payments:stream");

        await Assert.ThrowsAsync<RedisServerException>(() => consumer.ReceiveAsync(Ended));
        await Bus.PublishAsync([Event(MessageTypes.OrderCreated, "after")], Ended);

        Assert.Equal("after", Assert.Single(await consumer.ReceiveAsync(Ended)).Message!.OrderId);
    }
}
