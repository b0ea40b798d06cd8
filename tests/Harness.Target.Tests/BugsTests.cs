namespace Harness.Target.Tests;

/// <summary>Each planted bug must show in the books, for else no check could be proven by it.</summary>
public sealed class BugsTests : IDisposable
{
    private readonly RedisServer _redis = new();

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Refund_forgotten_keeps_the_money_of_a_cancelled_order()
    {
        await using var system = await OrderSystem.StartAsync(_redis, null, "--bug", "refund-forgotten", "--stock", "0");
        var id = await system.PlaceAsync("key-1");
        await system.SettleAsync();

        var payments = (await system.AuditAsync()).Payments!;
        Assert.Equal("CANCELLED", (await system.FindAsync(id)).Status);
        Assert.Equal("CAPTURED", Assert.Single(payments.Payments).Status);
        Assert.All(payments.Ledger, entry => Assert.Equal("charge", entry.Step));
    }

    [Fact]
    public async Task Double_charge_on_redelivery_charges_some_order_twice()
    {
        await using var system = await OrderSystem.StartAsync(_redis, null, "--bug", "double-charge-on-redelivery");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => system.PlaceAsync($"key-{i}")));
        await Eventually.TrueAsync(async () => (await system.AuditAsync()).Payments!.Ledger.Count > 40, "somebody was charged twice");
        await system.SettleAsync();

        var payments = (await system.AuditAsync()).Payments!;
        Assert.Equal(20, payments.Payments.Count);
        Assert.Contains(payments.Ledger.GroupBy(entry => (entry.OrderId, entry.Account)), entries => entries.Count() > 1);
    }

    [Fact]
    public async Task Oversell_race_sells_more_than_there_is()
    {
        await using var system = await OrderSystem.StartAsync(_redis, null, "--bug", "oversell-race", "--stock", "5");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => system.PlaceAsync($"key-{i}")));
        await system.SettleAsync();

        var inventory = (await system.AuditAsync()).Inventory!;
        Assert.True(inventory.Products.Single(product => product.Sku == "sku-0001").OnHand < 0);
    }

    [Fact]
    public async Task Without_a_bug_the_same_rush_sells_exactly_what_there_is()
    {
        await using var system = await OrderSystem.StartAsync(_redis, null, "--stock", "5");
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => system.PlaceAsync($"key-{i}")));
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal(0, audit.Inventory!.Products.Single(product => product.Sku == "sku-0001").OnHand);
        Assert.Equal(5, audit.Orders!.Orders.Count(order => order.Status == "CONFIRMED"));
        Assert.Equal(55, audit.Orders.Orders.Count(order => order.Status == "CANCELLED"));
        Assert.Equal(55, audit.Payments!.Payments.Count(payment => payment.Status == "REFUNDED"));
    }
}
