using static Harness.Checks.Tests.Saga.Doctoring;

namespace Harness.Checks.Tests.Saga;

/// <summary>What can go wrong with stock.</summary>
internal static class StockDoctorings
{
    public static IReadOnlyList<Doctoring> All { get; } =
    [
        new("more was reserved than there was", "no-oversell", "had 1000 on hand and 1001 reserved", r => Change(r.Journal, m => m.Sequence == 1, m => m with { Quantity = 1001, Reserved = 1001 })),
        new("a movement is of no known kind", "no-oversell", "is a 'borrow', which is no known movement",
            r => Change(r.Journal, m => m.Kind == "reserve", m => m with { Kind = "borrow" })),
        new("stock went below zero consistently", "no-oversell", "product sku-1 had", r =>
        {
            const int tooFew = 990;
            Change(r.Products, p => p.Sku == "sku-1", p => p with { InitialStock = p.InitialStock - tooFew, OnHand = p.OnHand - tooFew });
            for (int i = 0; i < r.Journal.Count; i++)
            {
                if (r.Journal[i] is { Sku: "sku-1" } movement)
                    r.Journal[i] = movement with { OnHand = movement.OnHand - tooFew };
            }
        }),
        new("a line of the journal is gone", "no-oversell", "After movement", r => Drop(r.Journal, m => m.Kind == "reserve")),
        new("two lines of the journal are swapped", "no-oversell", "stands in the journal after movement",
            r => (r.Journal[4], r.Journal[5]) = (r.Journal[5], r.Journal[4])),
        new("the product has one more than its journal", "no-oversell", "but the product has",
            r => Change(r.Products, p => p.Sku == "sku-1", p => p with { OnHand = p.OnHand + 1 })),
        new("a lost update: the counters skip a reservation", "no-oversell", "but the journal says",
            r => Change(r.Journal, m => m.Kind == "commit", m => m with { OnHand = m.OnHand + m.Quantity })),
        new("a movement is of a product that does not exist", "no-oversell", "which does not exist", r => Drop(r.Products, p => p.Sku == "sku-1")),
        new("a movement moves nothing", "no-oversell", "moves 0 units", r => Change(r.Journal, m => m.Kind == "restock", m => m with { Quantity = 0 })),
        new("an order was confirmed without its stock", "no-oversell", "Confirmed orders took", r => SetStatus(r, "order-3", "CONFIRMED")),

        new("stock was reserved twice", "effects-exactly-once", "reserved stock for 2 times", r => MoveAgain(r, "reserve")),
        new("stock was taken out twice", "effects-exactly-once", "taken out of stock 2 times", r => MoveAgain(r, "commit")),
        new("stock was released twice", "effects-exactly-once", "released 2 times", r => MoveAgain(r, "release")),
        new("a reservation was both released and taken", "effects-exactly-once", "both released and taken out of stock",
            r => Change(r.Journal, m => m is { Kind: "commit", OrderId: "order-0" }, m => m with { OrderId = "order-11" })),
        new("a confirmed order was never taken out of stock", "effects-exactly-once", "never taken out of stock",
            r => Drop(r.Journal, m => m is { Kind: "commit", OrderId: "order-0" })),
        new("stock moved for an order that does not exist", "effects-exactly-once", "for order nobody, which does not exist",
            r => Change(r.Journal, m => m.Kind == "restock", m => m with { OrderId = "nobody" })),

        new("a reservation was never released", "compensation-complete", "Order order-11 is cancelled, but its reserve has no release",
            r => Drop(r.Journal, m => m is { Kind: "release", OrderId: "order-11" })),
        new("stock was released after the money was given back", "compensation-complete", "before the stock was released",
            r => Change(r.Journal, m => m is { Kind: "release", OrderId: "order-11" }, m => m with { AtMicros = m.AtMicros + 5000 })),
        new("a release is of less than was reserved", "compensation-complete", "The release of order order-11",
            r => Change(r.Journal, m => m is { Kind: "release", OrderId: "order-11" }, m => m with { Quantity = m.Quantity - 1 })),

        new("a cancelled order was taken out of stock", "terminal-agreement", "Order order-11 is cancelled, but was taken out of stock",
            r => Change(r.Journal, m => m is { Kind: "release", OrderId: "order-11" }, m => m with { Kind = "commit" })),
        new("a cancelled order still holds stock", "terminal-agreement", "of its stock are still reserved",
            r => Drop(r.Journal, m => m is { Kind: "release", OrderId: "order-11" })),
        new("a confirmed order took less than was ordered", "terminal-agreement", "Order order-0 is confirmed for 2 of sku-0, but 1 were taken",
            r => Change(r.Book, o => o.Id == "order-0", o => o with { Quantity = 2 })),
        new("a confirmed order took another product", "terminal-agreement", "Order order-0 is confirmed for 1 of sku-1, but 0 were taken",
            r => Change(r.Book, o => o.Id == "order-0", o => o with { Sku = "sku-1" })),
    ];

    private static void MoveAgain(TestRecord record, string kind) => record.Journal.Add(record.Journal.First(m => m.Kind == kind));
}
