using System.Net;

namespace Harness.Target.Tests.Orders;

/// <summary>The edge orders -> inventory as a client of Orders sees it.</summary>
public sealed class PriceClientTests : IAsyncLifetime
{
    private readonly RedisServer _redis = new();
    private OrderSystem _system = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _system = await OrderSystem.StartAsync(_redis);

    public async ValueTask DisposeAsync()
    {
        await _system.DisposeAsync();
        _redis.Dispose();
    }

    [Fact]
    public async Task Is_unavailable_for_new_orders_and_not_for_old_ones_while_Inventory_is_away()
    {
        var id = await _system.PlaceAsync("away-1");
        await _system.SettleAsync();
        await _system.Inventory.KillAsync();

        using var refused = await _system.Orders.Http.SendAsync(OrderSystem.OrderRequest("away-2"), Ended);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        Assert.Equal(id, await _system.PlaceAsync("away-1"));
        Assert.Equal("CONFIRMED", (await _system.FindAsync(id)).Status);
    }

    [Fact]
    public async Task Counts_what_it_does()
    {
        await _system.PlaceAsync("count-1");
        await _system.PlaceAsync("count-1");
        await _system.SettleAsync();

        Assert.Equal(1, await _system.Orders.MetricAsync("orders_placed_total"));
        Assert.Equal(1, await _system.Orders.MetricAsync("orders_terminal_total{status=\"CONFIRMED\"}"));
        Assert.Equal(0, await _system.Orders.MetricAsync("orders_terminal_total{status=\"CANCELLED\"}"));
        foreach (var level in new[] { "saga_pending", "outbox_unpublished", "bus_undelivered", "breaker_state{edge=\"orders -> inventory\"}" })
            Assert.Equal(0, await _system.Orders.MetricAsync(level));
    }
}
