using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Benchmarks;

/// <summary>The record of a run of the order system in which nothing went wrong, as large as wanted.</summary>
/// <remarks>Every tenth order is declined. A client places one order, asks three times how it went and looks at a product six
/// times.</remarks>
internal static class GeneratedRun
{
    private const int OperationsAnOrder = 10;
    private const int Products = 1_000;
    private const int Customers = 1_000;
    private const int Stock = 1_000_000;
    private const long PriceCents = 250;
    private static readonly TimeSpan Apart = TimeSpan.FromTicks(100);

    /// <summary>Writes the record into a folder, and reads all of it back.</summary>
    /// <param name="runs">An existing folder for it.</param>
    /// <param name="operations">How long its history is; a multiple of 10.</param>
    public static RunRecord Open(string runs, int operations)
    {
        var clock = new RunClock(TimeProvider.System);
        string folder;
        using (RunRecordWriter writer = RunRecordWriter.Create(runs, Describe(clock.StartedAt), clock))
        {
            folder = writer.Folder;
            writer.Write(WriteOrders(writer.History, operations / OperationsAnOrder));
            writer.Write(new TimelineEvent { At = TimeSpan.Zero, Kind = EventKind.RunStarted });
            writer.Write(new TimelineEvent { At = Apart * operations, Kind = EventKind.Settled });
            writer.Write(new TimelineEvent { At = Apart * (operations + 1), Kind = EventKind.RunEnded });
        }

        RunRecord record = RunRecord.Open(folder);
        _ = (record.History, record.Events, record.Series, record.Audit);
        return record;
    }

    private static Audit WriteOrders(HistoryWriter history, int count)
    {
        var orders = new List<AuditedOrder>(count);
        var payments = new List<AuditedPayment>(count);
        var ledger = new List<LedgerEntry>(2 * count);
        var journal = new List<StockMovement>(2 * count);
        int[] sold = new int[Products];
        long[] spent = new long[Customers];
        for (int i = 0; i < count; i++)
        {
            string id = Name("order", i);
            bool declined = i % 10 == 9;
            int product = i % Products;
            string sku = Name("sku", product);
            orders.Add(new AuditedOrder(id, Name("key", i), sku, 1, PriceCents, declined ? "CANCELLED" : "CONFIRMED"));
            payments.Add(new AuditedPayment(id, PriceCents, declined ? "DECLINED" : "CAPTURED"));
            if (!declined)
            {
                ledger.Add(new LedgerEntry(i, id, "charge", Name("customer", i % Customers), -PriceCents));
                ledger.Add(new LedgerEntry(i, id, "charge", "merchant", PriceCents));
                spent[i % Customers] += PriceCents;
                journal.Add(new StockMovement(journal.Count + 1, sku, id, "reserve", 1, Stock - sold[product], 1));
                journal.Add(new StockMovement(journal.Count + 1, sku, id, "commit", 1, Stock - ++sold[product], 0));
            }

            WriteClient(history, i, orders[i], 1 + 2 * sold[product]);
        }

        return new Audit(
            new OrdersAudit { Orders = orders },
            new PaymentsAudit { Accounts = Accounts(spent), Payments = payments, Ledger = ledger },
            new InventoryAudit { Products = [.. sold.Select((s, i) => new AuditedProduct(Name("sku", i), Stock, Stock - s, 0, 1 + 2 * s, PriceCents))], Journal = journal });
    }

    private static void WriteClient(HistoryWriter history, int client, AuditedOrder order, long version)
    {
        int at = client * OperationsAnOrder;
        Write("place-order", order.IdempotencyKey, order.Id);
        Write("read-order", order.Id, "PENDING");
        Write("read-order", order.Id, order.Status);
        Write("read-order", order.Id, order.Status);
        while (at < (client + 1) * OperationsAnOrder)
            Write("read-product", order.Sku, version.ToString(CultureInfo.InvariantCulture));

        void Write(string kind, string key, string value)
        {
            TimeSpan invoked = Apart * at++;
            history.Record(new Operation(client, kind, key, value, invoked, invoked + Apart / 2, Outcome.Ok));
        }
    }

    private static List<AuditedAccount> Accounts(long[] spent) =>
    [
        .. spent.Select((cents, i) => new AuditedAccount(Name("customer", i), 1_000_000_000, 1_000_000_000 - cents)),
        new AuditedAccount("merchant", 0, spent.Sum()),
    ];

    private static string Name(string of, int number) => string.Create(CultureInfo.InvariantCulture, $"{of}-{number}");

    private static RunDescription Describe(DateTimeOffset startedAt) => new()
    {
        Id = "bench",
        Experiment = "bench",
        Seed = 1,
        Command = "harness bench checks",
        HarnessVersion = "",
        RuntimeVersion = Environment.Version.ToString(),
        Machine = new MachineDescription("", "", Environment.ProcessorCount, 0),
        Environment = "embedded",
        StartedAt = startedAt,
    };
}
