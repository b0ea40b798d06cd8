using System.Collections.Concurrent;
using CsCheck;
using Harness.Target.Inventory;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Orders;
using Harness.Target.Orders.Keeping;
using Harness.Target.Orders.Sagas;
using Harness.Target.Payments;
using Harness.Target.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Target.Tests.Orders.Sagas;

/// <summary>However messages are duplicated, delayed and reordered, and wherever a service dies, each saga ends in an allowed state and the books agree.</summary>
public sealed class ChoreographyPropertyTests
{
    private const int Orders = 4, Balance = 250, Stock = 3, Expire = 7;
    private static readonly Gen<(int What, int Which)[]> Plans = Gen.Select(Gen.Int[0, Expire], Gen.Int[0, 50]).Array[20, 60];
    private readonly SagaBooks _books = new(Orders, Balance, Stock);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Ends_every_saga_in_an_allowed_state_with_balanced_books(bool events)
    {
        IOrderStorage storage = events ? new EventStorage() : new StateStorage();
        var ends = new ConcurrentDictionary<string, int>();
        await Check.SampleAsync(Plans, plan => RunAsync(storage, plan, Bug.None, ends), seed: "0000KaQ4rwP0", iter: 12, threads: 1);
        // The plans reach what they are about, or the property would say nothing.
        Assert.All(["CONFIRMED", "CANCELLED", "mishap", "expired", "both expired and confirmed"], what => Assert.True(ends.GetValueOrDefault(what) > 0, what));
    }

    [Fact]
    public async Task Does_not_hold_for_an_inbox_that_remembers_nothing() => await Assert.ThrowsAnyAsync<Exception>(() =>
        Check.SampleAsync(Plans, plan => RunAsync(new StateStorage(), plan, Bug.DoubleChargeOnRedelivery, []), seed: "0000KaQ4rwP0", iter: 25, threads: 1));

    private async Task RunAsync(IOrderStorage storage, (int What, int Which)[] plan, Bug bug, ConcurrentDictionary<string, int> ends)
    {
        var folder = Directory.CreateTempSubdirectory("target-test-").FullName;
        try
        {
            using var orders = new SqliteStore(Path.Combine(folder, "orders"), OrderBook.Migrate);
            using var payments = new SqliteStore(Path.Combine(folder, "payments"), (c, dialect) => PaymentBook.Migrate(c, dialect, 1, Balance));
            using var inventory = new SqliteStore(Path.Combine(folder, "inventory"), (c, dialect) => Shelf.Migrate(c, dialect, 1, Stock, 1, guarded: true));
            using OutboxPublisher ofOrders = Publisher(orders), ofPayments = Publisher(payments), ofInventory = Publisher(inventory);
            var bus = new HostileBus(new Dictionary<ServiceName, (IStore, IMessageHandler)>
            {
                [ServiceName.Orders] = (orders, new OrdersChoreography(
                    new Journaled(orders, ofOrders), storage, new SagaEnds(new MetricRegistry()), NullLogger<OrdersChoreography>.Instance)),
                [ServiceName.Payments] = (payments, new PaymentsChoreography(
                    new Journaled(payments, ofPayments, forgetful: bug == Bug.DoubleChargeOnRedelivery), new PaymentBook(bug), NullLogger<PaymentsChoreography>.Instance)),
                [ServiceName.Inventory] = (inventory, new InventoryChoreography(
                    new Journaled(inventory, ofInventory), new NoCache(), new EarlyLook(inventory, TimeProvider.System, racy: false), InventoryOptions, NullLogger<InventoryChoreography>.Instance)),
            });
            var placed = new List<Order>();
            for (var number = 0; number < Orders; number++)
                placed.Add(await PlaceAsync(orders, storage, number));
            var expired = new HashSet<string>();
            foreach (var (what, which) in plan)
            {
                if (what == Expire)
                    await ExpireAsync(orders, placed[which % Orders], expired);
                else
                    await bus.StepAsync(what, which);
            }

            await bus.CalmAsync();
            _books.AssertAgree(orders, payments, inventory, ends);
            if (storage is EventStorage)
                Assert.True(orders.Read(Projection.Compare) is { Agrees: true, Orders: Orders, Events: 2 * Orders });
            Count(ends, "mishap", bus.Mishaps);
            Count(ends, "expired", expired.Count);
            Count(ends, "both expired and confirmed", orders.Read(OrderBook.Audit).Orders.Count(order => order.Status == OrderBook.Confirmed && expired.Contains(order.Id)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As <see cref="OverdueOrders"/> does.</summary>
    private static async Task ExpireAsync(SqliteStore orders, Order order, HashSet<string> expired)
    {
        await orders.WriteAsync(
            connection =>
            {
                var message = order.ToMessage(MessageTypes.OrderExpired);
                if (OrderBook.Find(connection, order.Id)!.Status == OrderBook.Pending && Inbox.TryRecord(connection, message))
                {
                    Outbox.Add(connection, message);
                    expired.Add(order.Id);
                }

                return 0;
            },
            CancellationToken.None);
    }

    private static async Task<Order> PlaceAsync(SqliteStore store, IOrderStorage storage, int number)
    {
        var order = new Order { Id = Order.NewId(TimeProvider.System), IdempotencyKey = $"key-{number}", Customer = "customer-1", Sku = "sku-0001", Quantity = 1 + number % 2, AmountCents = 100 };
        await store.WriteAsync(connection => storage.Place(connection, order, (c, one) => Outbox.Add(c, one.ToMessage(MessageTypes.OrderCreated))), CancellationToken.None);
        return order;
    }

    /// <summary>It is woken and never started: the bus takes what it would publish.</summary>
    private static OutboxPublisher Publisher(IStore store) => new(store, bus: null!, TimeProvider.System, NullLogger<OutboxPublisher>.Instance);

    private static ServiceOptions InventoryOptions { get; } = new()
    {
        Service = ServiceName.Inventory, Url = new Uri("http://127.0.0.1:1"), DataFolder = ".", Redis = new System.Net.DnsEndPoint("127.0.0.1", 1),
    };

    private static void Count(ConcurrentDictionary<string, int> ends, string what, int times) => ends.AddOrUpdate(what, times, (_, n) => n + times);

    private sealed class NoCache : IProductChanges
    {
        public void Forget(string sku)
        {
        }
    }
}
