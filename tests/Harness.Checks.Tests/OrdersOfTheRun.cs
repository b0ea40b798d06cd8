using Harness.Records;

namespace Harness.Checks.Tests;

/// <summary>Orders as they should go: most confirmed; every fourth cancelled, for want of money, of stock, or after all was done.</summary>
internal static class OrdersOfTheRun
{
    public const long Price = 250;
    private const int Stock = 1000;
    private const int Customers = 5;

    public static void Add(TestRecord record, int count)
    {
        var shelves = new Dictionary<string, (int OnHand, int Reserved)> { ["sku-0"] = (Stock, 0), ["sku-1"] = (Stock, 0) };
        for (int i = 0; i < count; i++)
            AddOrder(record, i, shelves);

        Restock(record, shelves);
        foreach ((string sku, (int onHand, int reserved)) in shelves)
            record.Products.Add(new AuditedProduct(sku, Stock, onHand, reserved, 1, Price));
        AddAccounts(record);
        record.History.Add(new Operation(99, "place-order", "refused-key", null, Second(6), Second(6.1), Outcome.Refused));
        record.History.Add(new Operation(98, "place-order", "lost-key", null, Second(7), null, Outcome.Unknown));
    }

    private static TimeSpan Second(double second) => TimeSpan.FromSeconds(second);

    private static void AddOrder(TestRecord record, int i, Dictionary<string, (int OnHand, int Reserved)> shelves)
    {
        string id = $"order-{i}";
        var order = new AuditedOrder(id, $"key-{i}", $"sku-{i % 2}", 1 + i % 3, Price * (1 + i % 3), i % 4 == 3 ? "CANCELLED" : "CONFIRMED");
        record.Book.Add(order);
        bool declined = i % 12 == 3;
        bool reserved = i % 12 != 7 && !declined;
        record.Payments.Add(new AuditedPayment(id, order.AmountCents, declined ? "DECLINED" : order.Status == "CANCELLED" ? "REFUNDED" : "CAPTURED"));
        if (!declined)
            Book(record, order, "charge", $"customer-{i % Customers}", order.AmountCents);
        if (reserved)
            Move(record, order, "reserve", shelves);
        if (reserved)
            Move(record, order, order.Status == "CONFIRMED" ? "commit" : "release", shelves);
        if (order.Status == "CANCELLED" && !declined)
            Book(record, order, "refund", $"customer-{i % Customers}", -order.AmountCents);
        AddOperations(record, i, order);
    }

    private static void Book(TestRecord record, AuditedOrder order, string step, string customer, long cents)
    {
        long transaction = record.Ledger.Count / 2 + 1;
        record.Ledger.Add(new LedgerEntry(transaction, order.Id, step, customer, -cents) { AtMicros = Now(record) });
        record.Ledger.Add(new LedgerEntry(transaction, order.Id, step, "merchant", cents) { AtMicros = Now(record) });
    }

    private static void Move(TestRecord record, AuditedOrder order, string kind, Dictionary<string, (int OnHand, int Reserved)> shelves)
    {
        (int onHand, int reserved) = shelves[order.Sku];
        onHand -= kind == "commit" ? order.Quantity : 0;
        reserved += kind == "reserve" ? order.Quantity : -order.Quantity;
        shelves[order.Sku] = (onHand, reserved);
        record.Journal.Add(new StockMovement(record.Journal.Count + 1, order.Sku, order.Id, kind, order.Quantity, onHand, reserved) { AtMicros = Now(record) });
    }

    /// <summary>A millisecond for each entry of either book.</summary>
    private static long Now(TestRecord record) => 1000L * (record.Ledger.Count + record.Journal.Count);

    private static void Restock(TestRecord record, Dictionary<string, (int OnHand, int Reserved)> shelves)
    {
        (int onHand, int reserved) = shelves["sku-0"];
        shelves["sku-0"] = (onHand + 5, reserved);
        record.Journal.Add(new StockMovement(record.Journal.Count + 1, "sku-0", null, "restock", 5, onHand + 5, reserved));
    }

    private static void AddAccounts(TestRecord record)
    {
        foreach (string id in Enumerable.Range(0, Customers).Select(i => $"customer-{i}").Append("merchant"))
        {
            long booked = record.Ledger.Where(entry => entry.Account == id).Sum(entry => entry.AmountCents);
            record.Accounts.Add(new AuditedAccount(id, 100_000, 100_000 + booked));
        }
    }

    private static void AddOperations(TestRecord record, int i, AuditedOrder order)
    {
        double at = 1 + i * 0.2;
        record.History.Add(new Operation(i, "place-order", order.IdempotencyKey, order.Id, Second(at), Second(at + 0.02), Outcome.Ok));
        record.History.Add(new Operation(i, "read-order", order.Id, "PENDING", Second(at + 0.03), Second(at + 0.04), Outcome.Ok));
        record.History.Add(new Operation(i, "read-order", order.Id, null, Second(at + 0.05), null, Outcome.Unknown));
        record.History.Add(new Operation(i, "read-order", order.Id, order.Status, Second(at + 0.06), Second(at + 0.07), Outcome.Ok));
    }
}
