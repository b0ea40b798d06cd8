using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>How far orders saw each other while they were under way. A saga has no isolation of its own (Garcia-Molina and Salem 1987), so
/// these are counts to keep within a budget.</summary>
internal sealed class SagaIsolation
{
    private SagaIsolation()
    {
    }

    /// <summary>Changes that did not build on the one before: somebody else's was lost.</summary>
    public long LostUpdates { get; private set; }

    /// <summary>Changes and balances that were looked at.</summary>
    public long Updates { get; private set; }

    /// <summary>Reads of a product while stock of it was promised to an order that later gave it back.</summary>
    public long DirtyReads { get; private set; }

    /// <summary>Reads whose version the journal explains.</summary>
    public long ReadsOfKnownVersions { get; private set; }

    /// <summary>Reads of a product by a client that had read it before and saw another version now.</summary>
    public long FuzzyReads { get; private set; }

    /// <summary>Reads of a product by a client that had read it before.</summary>
    public long RepeatedReads { get; private set; }

    /// <summary>The first dirty and the first fuzzy read, each in a sentence with what shows it.</summary>
    public List<(string Fact, Operation[] ShownBy)> Examples { get; } = [];

    /// <summary>O(n) but for the order of the reads.</summary>
    public static SagaIsolation Of(RunRecord record, Audit audit)
    {
        var found = new SagaIsolation();
        SessionStep[] reads = [.. VersionedSteps.Of(record).Where(s => !s.IsWrite)];
        if (audit.Inventory is { } inventory)
        {
            found.CountLostMovements(inventory);
            found.CountDirtyReads(inventory, reads);
        }

        if (audit.Payments is { } payments)
            found.CountLostBookings(payments);
        found.CountFuzzyReads(reads);
        return found;
    }

    private void CountLostMovements(InventoryAudit inventory)
    {
        Dictionary<string, (long OnHand, long Reserved)> stock = inventory.Products.ToDictionary(p => p.Sku, p => ((long)p.InitialStock, 0L), StringComparer.Ordinal);
        foreach (StockMovement movement in inventory.Journal)
        {
            if (!stock.TryGetValue(movement.Sku, out (long OnHand, long Reserved) before))
                continue;

            (long onHand, long reserved) = movement.Kind switch
            {
                OrderWords.Restock => (movement.Quantity, 0),
                OrderWords.Reserve => (0, movement.Quantity),
                OrderWords.Release => (0, -movement.Quantity),
                OrderWords.Commit => (-movement.Quantity, -movement.Quantity),
                _ => (0, 0),
            };
            Updates++;
            LostUpdates += (before.OnHand + onHand, before.Reserved + reserved) == (movement.OnHand, movement.Reserved) ? 0 : 1;
            stock[movement.Sku] = (movement.OnHand, movement.Reserved);
        }
    }

    private void CountLostBookings(PaymentsAudit payments)
    {
        ILookup<string, long> booked = payments.Ledger.ToLookup(entry => entry.Account, entry => entry.AmountCents);
        Updates += payments.Accounts.Count;
        LostUpdates += payments.Accounts.Count(account => account.InitialCents + booked[account.Id].Sum() != account.BalanceCents);
    }

    // Each movement raises a product's version by one, from 1. Where the count does not come out, versions were raised by other means too, and
    // nothing can be said.
    private void CountDirtyReads(InventoryAudit inventory, SessionStep[] reads)
    {
        HashSet<string> released = [.. inventory.Journal.Where(m => m.Kind == OrderWords.Release && m.OrderId is not null).Select(m => m.OrderId!)];
        ILookup<string, StockMovement> journal = inventory.Journal.ToLookup(movement => movement.Sku);
        Dictionary<string, string?[]> promisedTo = inventory.Products
            .Where(product => product.Version - 1 == journal[product.Sku].Count())
            .ToDictionary(product => product.Sku, product => PromisedTo([.. journal[product.Sku]], released), StringComparer.Ordinal);

        foreach (SessionStep read in reads)
        {
            if (!promisedTo.TryGetValue(read.Source.Key, out string?[]? orders) || read.Version < 1 || read.Version > orders.Length)
                continue;

            ReadsOfKnownVersions++;
            if (orders[read.Version - 1] is not { } order)
                continue;

            if (DirtyReads++ == 0)
                Examples.Add(($"{read.Source.Key} was read at version {read.Version}, when stock was promised to order {order}, which gave it back,", [read.Source]));
        }
    }

    // For each version an order that had stock then and gave it back later; null when there was none.
    private static string?[] PromisedTo(StockMovement[] movements, HashSet<string> released)
    {
        string?[] orders = new string?[movements.Length + 1];
        var open = new List<string>();
        for (int i = 0; i < movements.Length; i++)
        {
            string? order = movements[i].OrderId;
            if (movements[i].Kind == OrderWords.Reserve && order is not null && released.Contains(order))
                open.Add(order);
            else if (movements[i].Kind == OrderWords.Release && order is not null)
                open.Remove(order);
            orders[i + 1] = open.Count > 0 ? open[0] : null;
        }

        return orders;
    }

    private void CountFuzzyReads(SessionStep[] reads)
    {
        var before = new Dictionary<(int, string), SessionStep>();
        foreach (SessionStep read in reads)
        {
            var place = (read.Source.Process, read.Source.Key);
            if (before.TryGetValue(place, out SessionStep first))
            {
                RepeatedReads++;
                if (first.Version != read.Version && FuzzyReads++ == 0)
                {
                    Examples.Add((
                        $"Client {read.Source.Process} read {read.Source.Key} at version {first.Version} and again at version {read.Version},",
                        [first.Source, read.Source]));
                }
            }

            before[place] = read;
        }
    }
}
