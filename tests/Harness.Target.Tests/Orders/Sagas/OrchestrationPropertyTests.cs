using System.Collections.Concurrent;
using System.Data;
using CsCheck;
using Dapper;
using Harness.Target.Inventory;
using Harness.Target.Observability;
using Harness.Target.Orders;
using Harness.Target.Orders.Sagas;
using Harness.Target.Payments;
using Harness.Target.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Target.Tests.Orders.Sagas;

/// <summary>Whatever happens to commands, answers and the coordinator itself, each saga ends in an allowed state and the books agree.</summary>
public sealed class OrchestrationPropertyTests
{
    private const int Orders = 4, Balance = 250, Stock = 3;
    private static readonly Gen<(int[] Mishaps, int DeadlineMs)> Plans =
        Gen.Select(Gen.Frequency((6, Gen.Const(0)), (6, Gen.Int[1, 6])).Array[12, 40], Gen.Int[0, 2].Select(i => new[] { 300, 2_000, 60_000 }[i]));

    [Fact]
    public async Task Ends_every_saga_in_an_allowed_state_with_balanced_books()
    {
        var ends = new ConcurrentDictionary<string, int>();
        await Check.SampleAsync(Plans, plan => RunAsync(plan.Mishaps, TimeSpan.FromMilliseconds(plan.DeadlineMs), ends), seed: "0000KaQ4rwP0", iter: 25, threads: 1);
        // The plans reach what they are about, or the property would say nothing.
        Assert.All(["CONFIRMED", "CANCELLED", "crash", "expired"], what => Assert.True(ends.GetValueOrDefault(what) > 0, what));
    }

    private static async Task RunAsync(int[] mishaps, TimeSpan deadline, ConcurrentDictionary<string, int> ends)
    {
        var folder = Directory.CreateTempSubdirectory("target-test-").FullName;
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var used = -1;
        using (var orders = new SqliteStore(Path.Combine(folder, "orders"), OrderBook.Migrate))
        using (var payments = new SqliteStore(Path.Combine(folder, "payments"), (c, dialect) => PaymentBook.Migrate(c, dialect, 1, Balance)))
        using (var inventory = new SqliteStore(Path.Combine(folder, "inventory"), (c, dialect) => Shelf.Migrate(c, dialect, 1, Stock, 1, guarded: true)))
        {
            // After the plan's end all goes well, so that every saga can end.
            var services = new HostileServices(payments, inventory, () => Interlocked.Increment(ref used) is var i && i < mishaps.Length ? (Mishap)mishaps[i] : Mishap.None);
            var metrics = new MetricRegistry();
            var endings = new SagaEnds(metrics);
            SagaCoordinator Coordinator() => new(orders, services, new SagaPlan(Bug.None), endings, time, new MetricRegistry(), NullLogger<SagaCoordinator>.Instance);
            var coordinator = Coordinator();
            var crashed = 0;
            services.Crash = () => Interlocked.Exchange(ref crashed, 1);
            for (var i = 0; i < Orders; i++)
                await PlaceAsync(orders, time, deadline, i);
            await coordinator.StartAsync(CancellationToken.None);
            for (var turns = 0; orders.Read(OrderBook.CountPending) > 0; turns++)
            {
                Assert.True(turns < 5000, "The sagas do not end.");
                if (Interlocked.Exchange(ref crashed, 0) == 1)
                {
                    // All that is left of it is what it had written.
                    await coordinator.StopAsync(CancellationToken.None);
                    coordinator.Dispose();
                    coordinator = Coordinator();
                    await coordinator.StartAsync(CancellationToken.None);
                    ends.AddOrUpdate("crash", 1, (_, n) => n + 1);
                }

                time.Advance(TimeSpan.FromMilliseconds(50));
                await Task.Delay(1);
            }

            await coordinator.StopAsync(CancellationToken.None);
            coordinator.Dispose();
            AssertBooksAgree(orders, payments, inventory, ends);
            await services.DeliverLateAsync();
            AssertBooksAgree(orders, payments, inventory, []);
            ends.AddOrUpdate("expired", (int)endings.Expired.Value, (_, n) => n + (int)endings.Expired.Value);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Task<bool> PlaceAsync(SqliteStore store, TimeProvider time, TimeSpan deadline, int number)
    {
        var order = new Order { Id = Order.NewId(time), IdempotencyKey = $"key-{number}", Customer = "customer-1", Sku = "sku-0001", Quantity = 1 + number % 2, AmountCents = 100 };
        return store.WriteAsync(connection => OrderBook.Place(connection, order, (c, placed) => SagaLog.Begin(c, new Saga(placed, SagaStep.Charging, placed.PlacedAt + deadline))).IsNew, CancellationToken.None);
    }

    private static void AssertBooksAgree(SqliteStore orders, SqliteStore payments, SqliteStore inventory, ConcurrentDictionary<string, int> ends)
    {
        var all = orders.Read(OrderBook.Audit).Orders;
        Assert.Equal(Orders, all.Count);
        foreach (var order in all)
        {
            var payment = payments.Read(c => PaymentBook.Find(c, order.Id));
            var stock = inventory.Read(c => Shelf.StatusOf(c, order.Id));
            ends.AddOrUpdate(order.Status, 1, (_, n) => n + 1);
            if (order.Status == OrderBook.Confirmed)
                Assert.Equal((PaymentBook.Captured, "SOLD"), (payment, stock));
            else
                Assert.True(order.Status == OrderBook.Cancelled && payment is PaymentBook.Declined or PaymentBook.Refunded && stock == "REFUSED", $"{order.Status}: {payment}, {stock}");
        }

        var sold = all.Where(order => order.Status == OrderBook.Confirmed).ToList();
        Assert.Equal(0, payments.Read(c => Number(c, "SELECT coalesce(sum(amount_cents), 0) FROM ledger")));
        Assert.Equal(Balance - sold.Sum(order => order.AmountCents), payments.Read(c => Number(c, "SELECT balance_cents FROM accounts WHERE id = 'customer-1'")));
        Assert.Equal(0, inventory.Read(c => Number(c, "SELECT reserved FROM products")));
        Assert.Equal(Stock - sold.Sum(order => order.Quantity), inventory.Read(c => Number(c, "SELECT on_hand FROM products")));
    }

    private static long Number(IDbConnection connection, string sql) => connection.ExecuteScalar<long>(sql);
}
