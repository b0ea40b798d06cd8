using System.Net;
using System.Net.Http.Json;
using Harness.Target.Orders;

namespace Harness.Target.Tests.Orders;

/// <summary><c>--when-cut reject</c> on real processes: Redis is behind a relay that all three services share.</summary>
public sealed class WhenCutTests : IAsyncDisposable
{
    private readonly RealRedis _redis = new();
    private readonly Relay _relay;

    public WhenCutTests() => _relay = new Relay(_redis.Port);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _relay.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("black hole")]
    public async Task Refuses_new_orders_while_the_bus_is_away_and_keeps_what_it_has_accepted(string how)
    {
        await _redis.ListensAsync();
        await using var system = await OrderSystem.StartAsync(_relay.Port, null, "--when-cut", "reject", "--bus", "streams");
        var before = await system.PlaceAsync("before");
        Action fault = how == "cut" ? _relay.Cut : _relay.BlackHole;
        fault();
        await Eventually.TrueAsync(async () => await system.Orders.MetricAsync("orders_cut") == 1, "Orders has noticed");

        using (var refused = await system.Orders.Http.SendAsync(OrderSystem.OrderRequest("during"), Ended))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        using (var repeated = await system.Orders.Http.SendAsync(OrderSystem.OrderRequest("before"), Ended))
            Assert.Equal(before, (await repeated.Content.ReadFromJsonAsync<AcceptedOrder>(Ended))!.Id);

        _relay.Heal();
        var after = await system.PlaceAsync("during");
        await system.SettleAsync();
        var orders = (await system.AuditAsync()).Orders!.Orders;
        Assert.Equal([before, after], orders.Select(order => order.Id));
        Assert.All(orders, order => Assert.Equal("CONFIRMED", order.Status));
    }
}
