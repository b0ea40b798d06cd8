using Harness.Records;
using static Harness.Checks.Tests.Saga.Doctoring;

namespace Harness.Checks.Tests.Saga;

/// <summary>What can go wrong between a client and its order, and with coming to rest.</summary>
internal static class OrderDoctorings
{
    private const string Kept = "acknowledged-orders-kept";

    public static IReadOnlyList<Doctoring> All { get; } =
    [
        new("an acknowledged order is gone", Kept, "The order with key key-0 was acknowledged as order-0 but does not exist, at 1.000 s, phase baseline.",
            r => Drop(r.Book, o => o.Id == "order-0")),
        new("an acknowledged order has another id", Kept, "was acknowledged as order-0 but is order-x",
            r => Change(r.Book, o => o.Id == "order-0", o => o with { Id = "order-x" })),
        new("an order that was read is gone", Kept, "Order order-0 was read as PENDING but does not exist", r =>
        {
            r.History.RemoveAll(o => o.Kind == "place-order" && o.Key == "key-0");
            Drop(r.Book, o => o.Id == "order-0");
        }),
        new("an end that a client saw was not the end", Kept, "Order order-30 was read as CONFIRMED but is CANCELLED, at 7.060 s, phase fault, under payments-cut.",
            r => SetStatus(r, "order-30", "CANCELLED")),
        new("an order fell back to pending after its end was seen", Kept, "was read as CONFIRMED but is PENDING", r => SetStatus(r, "order-0", "PENDING")),
        new("a refused order exists", Kept, "The order with key refused-key was refused but exists as order-r",
            r => r.Book.Add(new AuditedOrder("order-r", "refused-key", "sku-0", 1, 250, "CANCELLED"))),

        new("one key made two orders", "effects-exactly-once", "Key key-0 made 2 orders",
            r => r.Book.Add(r.Book[0] with { Id = "order-twin" })),
        new("one order exists twice", "effects-exactly-once", "Order order-0 exists 2 times", r => r.Book.Add(r.Book[0] with { IdempotencyKey = "another" })),
        new("one key was answered with two orders", "effects-exactly-once", "Key key-0 was answered with order order-0, and again with order order-x",
            r => r.History.Add(r.History[0] with { Value = "order-x", Process = 70 })),

        new("an order is stuck", "settled", "Order order-0 is still PENDING", r => SetStatus(r, "order-0", "PENDING")),
        new("a message was never published", "settled", "Orders holds 1 message that it never published", r => r.Buses["orders"] = new BusAudit(1, 0, 0)),
        new("a message waits", "settled", "2 messages for Payments were not delivered", r => r.Buses["payments"] = new BusAudit(0, 2, 0)),
        new("a message was given up", "settled", "Inventory gave up on 1 message", r => r.Buses["inventory"] = new BusAudit(0, 0, 1)),
        new("the harness never saw it at rest", "settled", "had not come to rest",
            r => Change(r.Events, e => e.Kind == EventKind.Settled, e => e with { Kind = EventKind.NotSettled })),
    ];
}
