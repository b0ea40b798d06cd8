using System.Collections.Concurrent;
using CsCheck;
using Harness.Target.Inventory;
using Harness.Target.Observability;
using Harness.Target.Orders;
using Harness.Target.Orders.Keeping;
using Harness.Target.Orders.Sagas;
using Harness.Target.Payments;
using Harness.Target.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Target.Tests.Orders.Sagas;

/// <summary>Whatever happens to commands, answers and the coordinator itself, each saga ends in an allowed state and the books agree.</summary>
public sealed class OrchestrationPropertyTests
{
    private const int Orders = 4, Balance = 250, Stock = 3;
    private readonly SagaBooks _books = new(Orders, Balance, Stock);
    private static readonly Gen<(int[] Mishaps, int DeadlineMs)> Plans =
        Gen.Select(Gen.Frequency((6, Gen.Const(0)), (6, Gen.Int[1, 6])).Array[12, 40], Gen.Int[0, 2].Select(i => new[] { 300, 2_000, 60_000 }[i]));

    [Theory]
    [InlineData(false, 16)]
    [InlineData(true, 8)]
    public async Task Ends_every_saga_in_an_allowed_state_with_balanced_books(bool events, int plans)
    {
        IOrderStorage storage = events ? new EventStorage() : new StateStorage();
        var ends = new ConcurrentDictionary<string, int>();
        await Check.SampleAsync(Plans, plan => RunAsync(storage, plan.Mishaps, TimeSpan.FromMilliseconds(plan.DeadlineMs), ends), seed: "0000KaQ4rwP0", iter: plans, threads: 1);
        // The plans reach what they are about, or the property would say nothing.
        Assert.All(["CONFIRMED", "CANCELLED", "crash", "expired"], what => Assert.True(ends.GetValueOrDefault(what) > 0, what));
    }

    private async Task RunAsync(IOrderStorage storage, int[] mishaps, TimeSpan deadline, ConcurrentDictionary<string, int> ends)
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
            SagaCoordinator Coordinator() => new(orders, storage, services, new SagaPlan(Bug.None), endings, time, new MetricRegistry(), NullLogger<SagaCoordinator>.Instance);
            var coordinator = Coordinator();
            var crashed = 0;
            services.Crash = () => Interlocked.Exchange(ref crashed, 1);
            for (var i = 0; i < Orders; i++)
                await PlaceAsync(orders, storage, time, deadline, i);
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
            _books.AssertAgree(orders, payments, inventory, ends);
            if (storage is EventStorage)
                Assert.True(orders.Read(Projection.Compare) is { Agrees: true, Orders: Orders, Events: 2 * Orders });
            await services.DeliverLateAsync();
            _books.AssertAgree(orders, payments, inventory, []);
            ends.AddOrUpdate("expired", (int)endings.Expired.Value, (_, n) => n + (int)endings.Expired.Value);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Task<bool> PlaceAsync(SqliteStore store, IOrderStorage storage, TimeProvider time, TimeSpan deadline, int number)
    {
        var order = new Order { Id = Order.NewId(time), IdempotencyKey = $"key-{number}", Customer = "customer-1", Sku = "sku-0001", Quantity = 1 + number % 2, AmountCents = 100 };
        return store.WriteAsync(connection => storage.Place(connection, order, (c, placed) => SagaLog.Begin(c, new Saga(placed, SagaStep.Charging, placed.PlacedAt + deadline))).IsNew, CancellationToken.None);
    }
}
