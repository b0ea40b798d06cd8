using System.Net;
using System.Net.Http.Json;
using Harness.Target.Commands;

namespace Harness.Target.Tests.Orders.Sagas;

/// <summary>Two-phase commit over real processes and a real PostgreSQL: what it decides, that every decision survives <c>kill -9</c>, and that it blocks.</summary>
public sealed class TwoPhaseCommitTests(PostgresServer postgres)
{
    private readonly Dictionary<string, string> _databases = [];

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commits_in_three_databases_or_in_none()
    {
        await using var system = await StartAsync("--balance-cents", "50000", "--stock", "5");
        var sku = (await system.AuditAsync()).Inventory!.Products.First(product => product.PriceCents < 8000).Sku;
        var sold = await system.PlaceAsync("sold", sku);
        await system.SettleAsync();
        var tooDear = await system.PlaceAsync("too dear", sku, quantity: 1000);
        var tooMany = await system.PlaceAsync("too many", sku, quantity: 5);
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal(["CONFIRMED", "CANCELLED", "CANCELLED"], [await system.StatusAsync(sold), await system.StatusAsync(tooDear), await system.StatusAsync(tooMany)]);
        Assert.Equal("CAPTURED", Assert.Single(audit.Payments!.Payments).Status);
        Assert.Equal(0, audit.Payments.Ledger.Sum(entry => entry.AmountCents));
        Assert.Equal(["reserve", "commit"], audit.Inventory!.Journal.Select(movement => movement.Kind));
        Assert.Equal(1, await system.Orders.MetricAsync("orders_terminal_total{status=\"CONFIRMED\"}"));
        Assert.Equal(2, await system.Orders.MetricAsync("orders_terminal_total{status=\"CANCELLED\"}"));
        Assert.Equal(0, await system.Payments.MetricAsync("transactions_in_doubt"));
    }

    [Fact]
    public async Task Many_at_once_neither_deadlock_nor_oversell()
    {
        await using var system = await StartAsync("--stock", "4");
        var orders = await Task.WhenAll(Enumerable.Range(0, 24).Select(i => system.PlaceAsync($"order {i}", $"sku-000{(i % 3) + 1}")));
        await system.SettleAsync();

        var states = await Task.WhenAll(orders.Select(system.StatusAsync));
        Assert.Equal((12, 12), (states.Count(state => state == "CONFIRMED"), states.Count(state => state == "CANCELLED")));
        var audit = await system.AuditAsync();
        Assert.Equal((12, 24, 24), (audit.Payments!.Payments.Count, audit.Payments.Ledger.Count, audit.Inventory!.Journal.Count));
    }

    [Fact]
    public async Task Survives_the_death_of_everybody_at_every_point_and_blocks_others_until_it_is_decided()
    {
        await using var system = await StartAsync();

        // Voted for, and the coordinator never hears it: its lock on the merchant's account stays, though every process of the system dies.
        system.ToPayments.SwallowReplies();
        var inDoubt = await system.PlaceAsync("in doubt");
        await InDoubtAsync(system.Payments, 1);
        await KillAsync(system.Orders);
        await KillAsync(system.Payments);
        await system.StartPaymentsAsync();
        await InDoubtAsync(system.Payments, 1);
        Assert.Empty((await system.AuditPaymentsAsync()).Ledger);

        // Nobody else can pay meanwhile, and a participant knows no better than to wait.
        var other = Guid.NewGuid().ToString("N");
        using var vote = await SendAsync(system.Payments, "/prepares", $"{other}:prepare", new MoneyCommand(other, "customer-2", 5));
        Assert.Equal("BLOCKED", (await vote.Content.ReadFromJsonAsync<CommandAnswer>(Ended))!.Status);

        // Whoever coordinates next finds it in the log, asks again, and decides. The decision is written; who is told is dead.
        await system.Inventory.KillAsync();
        system.ToPayments.Heal();
        await system.StartOrdersAsync();
        await system.StepAsync("PREPARING", 1);
        Assert.Equal("PENDING", await system.StatusAsync(inDoubt));
        await system.Inventory.DisposeAsync();
        await system.StartInventoryAsync();
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal("CONFIRMED", await system.StatusAsync(inDoubt));
        Assert.Equal(["charge", "charge"], audit.Payments!.Ledger.Select(entry => entry.Step));
        Assert.Equal(["reserve", "commit"], audit.Inventory!.Journal.Select(movement => movement.Kind));
        Assert.Equal(0, await system.Payments.MetricAsync("transactions_in_doubt"));
    }

    [Fact]
    public async Task A_decision_that_was_written_is_told_though_all_died_over_it()
    {
        await using var system = await StartAsync();
        system.ToPayments.SwallowReplies();
        var decided = await system.PlaceAsync("decided");
        await InDoubtAsync(system.Payments, 1);
        await Task.WhenAll(KillAsync(system.Orders), KillAsync(system.Payments), KillAsync(system.Inventory));
        // All have voted for it, and this is the write after which there is no way back.
        await using (var source = Npgsql.NpgsqlDataSource.Create(_databases["orders"]))
        await using (var decision = source.CreateCommand("UPDATE sagas SET step = 'Committing'"))
            Assert.Equal(1, await decision.ExecuteNonQueryAsync(Ended));
        system.ToPayments.Heal();
        await Task.WhenAll(system.StartInventoryAsync(), system.StartPaymentsAsync(), system.StartOrdersAsync());
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal("CONFIRMED", await system.StatusAsync(decided));
        Assert.Equal((1, 2, 2), (audit.Payments!.Payments.Count, audit.Payments.Ledger.Count, audit.Inventory!.Journal.Count));

        // What was decided may be told any number of times, and never otherwise.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(system.Payments, "/commits", $"{decided}:commit", new DecisionCommand(decided))).StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, (await SendAsync(system.Payments, "/rollbacks", $"{decided}:roll back", new DecisionCommand(decided))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(system.Payments, "/commits", "another key", new DecisionCommand(decided))).StatusCode);

        // A vote that nobody waits for any more: the log knows nothing of it, which means no, and the coordinator looks once a second.
        var unknown = Guid.NewGuid().ToString("N");
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(system.Payments, "/prepares", $"{unknown}:prepare", new MoneyCommand(unknown, "customer-1", 5))).StatusCode);
        await InDoubtAsync(system.Payments, 0);
        Assert.Equal(2, (await system.AuditPaymentsAsync()).Ledger.Count);
    }

    [Fact]
    public async Task Aborts_at_the_deadline_and_goes_on_aborting_after_Orders_died()
    {
        await using var system = await StartAsync("--saga-deadline", "3s");
        system.ToPayments.SwallowReplies();
        var late = await system.PlaceAsync("late");
        await InDoubtAsync(system.Payments, 1);
        await KillAsync(system.Orders);
        system.ToPayments.BlackHole();
        await system.StartOrdersAsync();
        await system.StepAsync("ABORTING", 1);
        Assert.Equal("PENDING", await system.StatusAsync(late));
        system.ToPayments.Heal();
        await system.SettleAsync();

        var audit = await system.AuditAsync();
        Assert.Equal("CANCELLED", await system.StatusAsync(late));
        Assert.Empty(audit.Payments!.Ledger);
        Assert.Empty(audit.Inventory!.Journal);
        Assert.Equal((0, 0), (await system.Orders.MetricAsync("transactions_in_doubt"), await system.Payments.MetricAsync("transactions_in_doubt")));
    }

    private async Task<CoordinatedSystem> StartAsync(params string[] words)
    {
        foreach (var service in new[] { "orders", "payments", "inventory" })
            _databases[service] = postgres.ConnectionString(await postgres.CreateDatabaseAsync());
        return await CoordinatedSystem.StartAsync("two-phase-commit", service => ["--postgres", _databases[service], .. words]);
    }

    private static Task InDoubtAsync(ServiceProcess service, int count) =>
        Eventually.TrueAsync(async () => await service.MetricAsync("transactions_in_doubt") == count, $"{count} transactions are in doubt");

    private static async Task KillAsync(ServiceProcess service)
    {
        await service.KillAsync();
        await service.DisposeAsync();
    }

    private static async Task<HttpResponseMessage> SendAsync<T>(ServiceProcess service, string path, string key, T command)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "Idempotency-Key", key } }, Content = JsonContent.Create(command) };
        return await service.Http.SendAsync(request, Ended);
    }
}
