using Harness.Records;

namespace Harness.Target.Tests;

/// <summary>The choreographed saga over real processes, databases and a real bus.</summary>
public sealed class SagaTests : IDisposable
{
    private readonly RedisServer _redis = new();

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Confirms_an_order_that_is_paid_and_in_stock()
    {
        await using var system = await OrderSystem.StartAsync(_redis);
        var id = await system.PlaceAsync("key-1", quantity: 3);
        await system.SettleAsync();

        var order = await system.FindAsync(id);
        var audit = await system.AuditAsync();
        var price = audit.Inventory!.Products.Single(product => product.Sku == "sku-0001").PriceCents;
        Assert.Equal(("CONFIRMED", 2, 3 * price), (order.Status, order.Version, order.AmountCents));
        Assert.Equal("CAPTURED", Assert.Single(audit.Payments!.Payments).Status);
        Assert.Equal([-3 * price, 3 * price], audit.Payments.Ledger.Select(entry => entry.AmountCents));
        Assert.Equal(["reserve", "commit"], audit.Inventory.Journal.Select(movement => movement.Kind));
        Assert.Equal(new BusAudit(0, 0, 0), audit.Orders!.Bus);
    }

    [Fact]
    public async Task Cancels_an_order_that_the_customer_cannot_pay_and_books_nothing()
    {
        await using var system = await OrderSystem.StartAsync(_redis, null, "--balance-cents", "5");
        var id = await system.PlaceAsync("key-1");
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal("CANCELLED", (await system.FindAsync(id)).Status);
        Assert.Equal("DECLINED", Assert.Single(audit.Payments!.Payments).Status);
        Assert.Empty(audit.Payments.Ledger);
        Assert.Empty(audit.Inventory!.Journal);
    }

    [Fact]
    public async Task Refunds_and_cancels_what_is_short_in_stock()
    {
        await using var system = await OrderSystem.StartAsync(_redis, null, "--stock", "2");
        var id = await system.PlaceAsync("key-1", quantity: 3);
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal("CANCELLED", (await system.FindAsync(id)).Status);
        Assert.Equal("REFUNDED", Assert.Single(audit.Payments!.Payments).Status);
        Assert.Equal(["charge", "charge", "refund", "refund"], audit.Payments.Ledger.Select(entry => entry.Step));
        Assert.Equal(0, audit.Payments.Ledger.Sum(entry => entry.AmountCents));
        Assert.All(audit.Payments.Accounts, account => Assert.Equal(account.InitialCents, account.BalanceCents));
        Assert.Empty(audit.Inventory!.Journal);
    }
}
