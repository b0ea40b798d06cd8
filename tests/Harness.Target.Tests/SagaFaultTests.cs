using System.Net;
using Harness.Records;
using Harness.Target.Messaging;
using BusAudit = Harness.Records.BusAudit;

namespace Harness.Target.Tests;

/// <summary>The saga while messages repeat themselves, processes die and the bus is cut off.</summary>
public sealed class SagaFaultTests : IDisposable
{
    private readonly RedisServer _redis = new();

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => _redis.Dispose();

    [Fact]
    public async Task Does_everything_once_when_every_message_comes_three_times()
    {
        await using var system = await OrderSystem.StartAsync(_redis);
        await using var link = Link();
        var bus = new ListBus(link, TimeProvider.System);
        var ids = await PlaceAsync(system, 5);
        await system.SettleAsync();
        var before = await system.AuditAsync();

        foreach (var order in before.Orders!.Orders)
        {
            var message = new Message(MessageTypes.OrderCreated, order.Id, "customer-1", order.Sku, order.Quantity, order.AmountCents);
            string[] types = [MessageTypes.InventoryUpdated, MessageTypes.PaymentProcessed, MessageTypes.OrderCreated];
            await bus.PublishAsync([.. types.Concat(types).Select(type => message with { Type = type })], Ended);
        }

        await system.SettleAsync();
        AssertSameBooks(before, await system.AuditAsync());
        Assert.Equal(5, ids.Distinct().Count());
    }

    [Fact]
    public async Task Cancels_for_good_an_order_whose_rejection_overtook_its_charge()
    {
        await using var system = await OrderSystem.StartAsync(_redis);
        await system.Payments.KillAsync();
        await using var link = Link();
        var bus = new ListBus(link, TimeProvider.System);
        var id = await system.PlaceAsync("key-1");
        var price = (await system.FindAsync(id)).AmountCents;
        var rejected = new Message(MessageTypes.InventoryRejected, id, "customer-1", "sku-0001", 1, price);
        await Eventually.TrueAsync(async () => (await bus.CountAsync(ServiceName.Payments, Ended)).Undelivered == 1, "the charge waits");
        await using (var client = await _redis.ConnectAsync())
            await client.GetDatabase().ListRightPushAsync("bus:payments:waiting", rejected.ToJson());
        await system.StartPaymentsAsync();
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal("CANCELLED", (await system.FindAsync(id)).Status);
        Assert.Empty(audit.Payments!.Ledger);
        Assert.Empty(audit.Inventory!.Journal);
    }

    [Fact]
    public async Task Never_leaves_a_terminal_state_whatever_comes_late()
    {
        await using var system = await OrderSystem.StartAsync(_redis);
        await using var link = Link();
        var id = await system.PlaceAsync("key-1");
        await system.SettleAsync();
        var confirmed = await system.FindAsync(id);
        var late = new Message(MessageTypes.PaymentDeclined, id, "customer-1", "sku-0001", 1, confirmed.AmountCents);
        await new ListBus(link, TimeProvider.System).PublishAsync([late, late with { Type = MessageTypes.PaymentRefunded }], Ended);
        await system.SettleAsync();
        Assert.Equal(confirmed, await system.FindAsync(id));
    }

    [Fact]
    public async Task Sets_aside_what_is_meant_for_another_service_and_changes_nothing()
    {
        await using var system = await OrderSystem.StartAsync(_redis);
        var id = await system.PlaceAsync("key-1");
        await system.SettleAsync();
        var before = await system.AuditAsync();
        await using (var client = await _redis.ConnectAsync())
        {
            foreach (var service in new[] { "orders", "payments", "inventory" })
                await client.GetDatabase().ListLeftPushAsync($"bus:{service}:waiting", new Message("ORDER_LOST", id, "customer-1", "sku-0001", 1, 1).ToJson());
        }

        await system.SettleAsync();
        var after = await system.AuditAsync();
        AssertSameBooks(before, after);
        Assert.All([after.Orders!.Bus, after.Payments!.Bus, after.Inventory!.Bus], bus => Assert.Equal(new BusAudit(0, 0, 1), bus));
    }

    [Fact]
    public async Task Settles_after_Payments_was_killed_again_and_again()
    {
        await using var system = await OrderSystem.StartAsync(_redis);
        var placing = PlaceAsync(system, 200);
        for (var kills = 0; kills < 3; kills++)
        {
            await Eventually.TrueAsync(async () => await system.Orders.MetricAsync("saga_pending") >= 1, "a saga is under way");
            await system.Payments.KillAsync();
            await system.Payments.DisposeAsync();
            await system.StartPaymentsAsync();
        }

        var ids = await placing;
        await system.SettleAsync();
        AssertAllConfirmedOnce(ids, await system.AuditAsync());
    }

    [Theory]
    [InlineData("black hole")]
    [InlineData("replies swallowed")]
    [InlineData("cut")]
    public async Task Accepts_orders_while_Payments_is_cut_off_and_settles_them_after_healing(string how)
    {
        await using var relay = new Relay(_redis.Port);
        await using var system = await OrderSystem.StartAsync(_redis, relay);
        var before = await PlaceAsync(system, 20);
        Action fault = how switch { "cut" => relay.Cut, "black hole" => relay.BlackHole, _ => relay.SwallowReplies };
        fault();
        var during = await PlaceAsync(system, 20, "during");
        // Longer than any timeout, so that the fault is noticed and not merely outlived.
        await Eventually.TrueAsync(() => Task.FromResult(system.Payments.Output.Contains("The bus does not deliver", StringComparison.Ordinal)), "Payments has noticed");
        relay.Heal();
        var after = await PlaceAsync(system, 20, "after");
        await system.SettleAsync();
        AssertAllConfirmedOnce([.. before, .. during, .. after], await system.AuditAsync());
    }

    [Fact]
    public async Task Cancels_what_waited_too_long_for_a_payment_that_then_comes_late()
    {
        await using var relay = new Relay(_redis.Port);
        await using var system = await OrderSystem.StartAsync(_redis, relay, "--saga-deadline", "2s");
        relay.Cut();
        var id = await system.PlaceAsync("key-1");
        await using var link = Link();
        var bus = new ListBus(link, TimeProvider.System);
        // The charge, and the rejection that Inventory made of the expiry.
        await Eventually.TrueAsync(async () => link.IsConnected && (await bus.CountAsync(ServiceName.Payments, Ended)).Undelivered == 2, "the order was given up");
        relay.Heal();
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal("CANCELLED", (await system.FindAsync(id)).Status);
        Assert.NotEqual("CAPTURED", Assert.Single(audit.Payments!.Payments).Status);
        Assert.All(audit.Payments.Accounts, account => Assert.Equal(account.InitialCents, account.BalanceCents));
        Assert.Empty(audit.Inventory!.Journal);
        Assert.Equal(1, await system.Orders.MetricAsync("sagas_expired_total"));
    }

    private static async Task<string[]> PlaceAsync(OrderSystem system, int count, string prefix = "key") =>
        [.. await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10 * i), Ended);
            return await system.PlaceAsync($"{prefix}-{i}");
        }))];

    private static void AssertAllConfirmedOnce(string[] ids, Audit audit)
    {
        Assert.Equal(ids.Order(StringComparer.Ordinal), audit.Orders!.Orders.Select(order => order.Id).Order(StringComparer.Ordinal));
        Assert.All(audit.Orders.Orders, order => Assert.Equal("CONFIRMED", order.Status));
        Assert.Equal(2 * ids.Length, audit.Payments!.Ledger.Count);
        Assert.Equal(2 * ids.Length, audit.Payments.Ledger.Select(entry => (entry.OrderId, entry.Account)).Distinct().Count());
        Assert.Equal(2 * ids.Length, audit.Inventory!.Journal.Select(movement => (movement.OrderId, movement.Kind)).Distinct().Count());
        Assert.Equal(2 * ids.Length, audit.Inventory.Journal.Count);
        Assert.All([audit.Orders.Bus, audit.Payments.Bus, audit.Inventory.Bus], bus => Assert.Equal(new BusAudit(0, 0, 0), bus));
    }

    private static void AssertSameBooks(Audit before, Audit after)
    {
        Assert.Equal(before.Orders!.Orders, after.Orders!.Orders);
        Assert.Equal(before.Payments!.Ledger, after.Payments!.Ledger);
        Assert.Equal(before.Inventory!.Journal, after.Inventory!.Journal);
    }

    private RedisLink Link() => new(new ServiceOptions
    {
        Service = ServiceName.Payments,
        Url = new Uri("http://127.0.0.1:1"),
        DataFolder = ".",
        Redis = new DnsEndPoint("127.0.0.1", _redis.Port),
    });
}
