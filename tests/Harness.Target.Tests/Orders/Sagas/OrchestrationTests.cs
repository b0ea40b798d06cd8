using System.Net;
using System.Net.Http.Json;
using Harness.Target.Commands;
using Harness.Toxiproxy;

namespace Harness.Target.Tests.Orders.Sagas;

/// <summary>The coordinated saga over real processes, and how it goes on when any of them is killed.</summary>
public sealed class OrchestrationTests(PostgresServer postgres)
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Confirms_what_can_be_paid_and_sold_and_undoes_the_rest()
    {
        await using var system = await CoordinatedSystem.StartAsync(_ => ["--balance-cents", "50000", "--stock", "5"]);
        var sku = (await system.AuditAsync()).Inventory!.Products.First(product => product.PriceCents < 8000).Sku;
        var sold = await system.PlaceAsync("sold", sku);
        await system.SettleAsync();
        var tooDear = await system.PlaceAsync("too dear", sku, quantity: 1000);
        await system.SettleAsync();
        var tooMany = await system.PlaceAsync("too many", sku, quantity: 5);
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal(["CONFIRMED", "CANCELLED", "CANCELLED"], [await system.StatusAsync(sold), await system.StatusAsync(tooDear), await system.StatusAsync(tooMany)]);
        Assert.Equal(["CAPTURED", "DECLINED", "REFUNDED"], audit.Payments!.Payments.Select(payment => payment.Status));
        Assert.Equal(["charge", "charge", "charge", "charge", "refund", "refund"], audit.Payments.Ledger.Select(entry => entry.Step));
        Assert.Equal(["reserve", "commit"], audit.Inventory!.Journal.Select(movement => movement.Kind));
        Assert.Equal(1, await system.Orders.MetricAsync("orders_terminal_total{status=\"CONFIRMED\"}"));
    }

    [Fact]
    public async Task Takes_a_command_once_by_its_key_and_answers_it_however_often_it_comes()
    {
        await using var system = await CoordinatedSystem.StartAsync(_ => []);
        var order = Guid.NewGuid().ToString("N");
        for (var i = 0; i < 3; i++)
            Assert.Equal("CAPTURED", await SendAsync(system.Payments, "/charges", $"{order}:charge", new MoneyCommand(order, "customer-1", 5)));
        for (var i = 0; i < 3; i++)
            Assert.Equal("REFUSED", await SendAsync(system.Inventory, "/releases", $"{order}:release", new StockCommand(order, "sku-0001", 1)));
        Assert.Equal("REFUSED", await SendAsync(system.Inventory, "/reservations", $"{order}:reserve", new StockCommand(order, "sku-0001", 1)));
        Assert.Null(await SendAsync(system.Payments, "/charges", "another key", new MoneyCommand(order, "customer-1", 5)));

        var audit = await system.AuditAsync();
        Assert.Equal([-5, 5], audit.Payments!.Ledger.Select(entry => entry.AmountCents));
        Assert.Empty(audit.Inventory!.Journal);
    }

    [Fact]
    public async Task Goes_on_where_it_was_after_any_service_was_killed_between_two_steps()
    {
        var databases = new Dictionary<string, string>();
        foreach (var service in new[] { "orders", "payments", "inventory" })
            databases[service] = postgres.ConnectionString(await postgres.CreateDatabaseAsync());
        await using var system = await CoordinatedSystem.StartAsync(service => ["--postgres", databases[service], "--storage", "events"]);

        // Written down, not yet done: the command never arrives.
        system.ToPayments.BlackHole();
        var notCharged = await system.PlaceAsync("not charged");
        await system.StepAsync("CHARGING", 1);
        await KillOrdersAsync(system);
        system.ToPayments.SwallowReplies();
        await system.StartOrdersAsync();

        // Done, but nobody heard: the answer never arrives.
        await Eventually.TrueAsync(async () => (await system.AuditAsync()).Payments!.Ledger.Count == 2, "the order is charged");
        Assert.Equal("PENDING", await system.StatusAsync(notCharged));
        await KillOrdersAsync(system);

        // The next step has begun and its service is dead; then all of them are.
        await system.StartOrdersAsync();
        await system.Inventory.KillAsync();
        system.ToPayments.Heal();
        await system.StepAsync("RESERVING", 1);
        await KillOrdersAsync(system);
        await system.Payments.KillAsync();
        await system.Payments.DisposeAsync();
        await system.Inventory.DisposeAsync();
        await Task.WhenAll(system.StartInventoryAsync(), system.StartOrdersAsync(), system.StartPaymentsAsync());
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal("CONFIRMED", await system.StatusAsync(notCharged));
        Assert.DoesNotContain("cannot be", system.Orders.Output, StringComparison.Ordinal);
        Assert.Equal(new Records.ProjectionAudit(Orders: 1, Events: 2, Missing: 0, Different: 0, Extra: 0), audit.Orders!.Projection);
        Assert.Equal(["charge", "charge"], audit.Payments!.Ledger.Select(entry => entry.Step));
        Assert.Equal(["reserve", "commit"], audit.Inventory!.Journal.Select(movement => movement.Kind));
    }

    [Fact]
    public async Task Cancels_at_the_deadline_and_refunds_a_charge_that_nobody_heard_of_though_Orders_died_meanwhile()
    {
        await using var system = await CoordinatedSystem.StartAsync(_ => ["--saga-deadline", "3s"]);
        system.ToPayments.SwallowReplies();
        var late = await system.PlaceAsync("late");
        await Eventually.TrueAsync(async () => (await system.AuditAsync()).Payments!.Ledger.Count == 2, "the order is charged");
        await KillOrdersAsync(system);
        await system.StartOrdersAsync();
        await system.StepAsync("REFUNDING", 1);
        Assert.Equal("CANCELLED", await system.StatusAsync(late));
        await KillOrdersAsync(system);
        system.ToPayments.Heal();
        await system.StartOrdersAsync();
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal("CANCELLED", await system.StatusAsync(late));
        Assert.Equal("REFUNDED", Assert.Single(audit.Payments!.Payments).Status);
        Assert.Equal(["charge", "charge", "refund", "refund"], audit.Payments.Ledger.Select(entry => entry.Step));
        Assert.All(audit.Payments.Accounts, account => Assert.Equal(account.InitialCents, account.BalanceCents));
        Assert.Empty(audit.Inventory!.Journal);
    }

    [Fact]
    public async Task Goes_on_selling_and_releasing_after_Orders_was_killed_before_and_after_it_was_done()
    {
        await using var system = await CoordinatedSystem.StartAsync(_ => ["--saga-deadline", "6s"]);
        // Neither reaches Inventory: one order has its stock reserved and is to be sold, one is too late to get any and must let go of what it may have got.
        await BreakAsync(system, "/sales", new HttpFaultToxic { Status = 500 });
        await BreakAsync(system, "/releases", new HttpFaultToxic { Status = 500 });
        var sold = await system.PlaceAsync("sold", "sku-0001");
        await system.StepAsync("SELLING", 1);
        await BreakAsync(system, "/reservations", new HttpFaultToxic { CutBodyAfterBytes = 1 });
        var late = await system.PlaceAsync("late", "sku-0002");
        await system.StepAsync("RELEASING", 1);
        await KillOrdersAsync(system);

        // Both are done now, and nobody hears of it.
        await system.Proxies.ResetAsync(Ended);
        await BreakAsync(system, "/sales", new HttpFaultToxic { CutBodyAfterBytes = 1 });
        await BreakAsync(system, "/releases", new HttpFaultToxic { CutBodyAfterBytes = 1 });
        await system.StartOrdersAsync();
        await Eventually.TrueAsync(async () => (await system.AuditAsync()).Inventory!.Journal.Count == 4, "one is sold and one released");
        Assert.Equal(("PENDING", "CANCELLED"), (await system.StatusAsync(sold), await system.StatusAsync(late)));
        await KillOrdersAsync(system);

        await system.Proxies.ResetAsync(Ended);
        await system.StartOrdersAsync();
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal(("CONFIRMED", "CANCELLED"), (await system.StatusAsync(sold), await system.StatusAsync(late)));
        Assert.Equal(["reserve", "commit"], audit.Inventory!.Journal.Where(movement => movement.OrderId == sold).Select(movement => movement.Kind));
        Assert.Equal(["reserve", "release"], audit.Inventory.Journal.Where(movement => movement.OrderId == late).Select(movement => movement.Kind));
        Assert.Equal(["CAPTURED", "REFUNDED"], audit.Payments!.Payments.Select(payment => payment.Status));
        Assert.Equal(0, audit.Payments.Ledger.Sum(entry => entry.AmountCents));
    }

    private static Task<Toxic> BreakAsync(CoordinatedSystem system, string path, HttpFaultToxic how) => system.Proxies.AddToxicAsync(
        CoordinatedSystem.InventoryProxy, how with { Name = path[1..], Path = path, Stream = ToxicStream.Upstream }, Ended);

    private static async Task KillOrdersAsync(CoordinatedSystem system)
    {
        await system.Orders.KillAsync();
        await system.Orders.DisposeAsync();
    }

    /// <summary>The status that is answered; null for a refusal.</summary>
    private static async Task<string?> SendAsync<T>(ServiceProcess service, string path, string key, T command)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "Idempotency-Key", key } }, Content = JsonContent.Create(command) };
        using var response = await service.Http.SendAsync(request, Ended);
        if (response.StatusCode == HttpStatusCode.BadRequest)
            return null;
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Ended));
        return (await response.Content.ReadFromJsonAsync<CommandAnswer>(Ended))!.Status;
    }
}
