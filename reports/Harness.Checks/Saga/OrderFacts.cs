using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Harness.Records;

namespace Harness.Checks.Saga;

/// <summary>Everything the three services hold of one order.</summary>
internal sealed class OrderFacts(string id)
{
    private static readonly ConditionalWeakTable<Audit, IReadOnlyCollection<OrderFacts>> Joined = [];

    public string Id { get; } = id;

    /// <summary>Null when Orders does not know it.</summary>
    public AuditedOrder? Order { get; private set; }

    /// <summary>Null when Payments does not know it.</summary>
    public AuditedPayment? Payment { get; private set; }

    /// <summary>The merchant's side of each booking, in the order of the ledger.</summary>
    public List<LedgerEntry> Bookings { get; } = [];

    /// <summary>In the order of the journal.</summary>
    public List<StockMovement> Movements { get; } = [];

    /// <summary>What the merchant got for it and still has.</summary>
    public long NetCents => Bookings.Sum(entry => entry.AmountCents);

    public int Booked(string step) => Bookings.Count(entry => entry.Step == step);

    public int Moved(string kind) => Movements.Count(movement => movement.Kind == kind);

    public int MovedQuantity(string kind) => Movements.Where(movement => movement.Kind == kind).Sum(movement => movement.Quantity);

    /// <summary>The services' ledgers joined by order. Four checks ask for the same; it is made once an audit.</summary>
    public static IReadOnlyCollection<OrderFacts> Join(Audit audit) => Joined.GetValue(audit, JoinOnce);

    // One pass over each ledger.
    private static Dictionary<string, OrderFacts>.ValueCollection JoinOnce(Audit audit)
    {
        var byId = new Dictionary<string, OrderFacts>(StringComparer.Ordinal);
        foreach (AuditedOrder order in audit.Orders?.Orders ?? [])
            Of(byId, order.Id).Order = order;

        foreach (AuditedPayment payment in audit.Payments?.Payments ?? [])
            Of(byId, payment.OrderId).Payment = payment;

        foreach (LedgerEntry entry in audit.Payments?.Ledger ?? [])
        {
            if (entry.Account == OrderWords.Merchant)
                Of(byId, entry.OrderId).Bookings.Add(entry);
        }

        foreach (StockMovement movement in audit.Inventory?.Journal ?? [])
        {
            if (movement.OrderId is { } orderId)
                Of(byId, orderId).Movements.Add(movement);
        }

        return byId.Values;
    }

    private static OrderFacts Of(Dictionary<string, OrderFacts> byId, string id)
    {
        ref OrderFacts? facts = ref CollectionsMarshal.GetValueRefOrAddDefault(byId, id, out _);
        return facts ??= new OrderFacts(id);
    }
}
