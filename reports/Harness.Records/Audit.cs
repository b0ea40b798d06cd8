namespace Harness.Records;

/// <summary><c>audit.json</c>: the ledgers of the services, read after settling. A service that could not be asked is null.</summary>
public sealed record Audit(OrdersAudit? Orders, PaymentsAudit? Payments, InventoryAudit? Inventory);

/// <summary>What Orders holds.</summary>
public sealed record OrdersAudit
{
    public IReadOnlyList<AuditedOrder> Orders { get; init; } = [];
    public BusAudit Bus { get; init; } = new(0, 0, 0);

    /// <summary>Whether the orders that are read are what the events make; null when they are not kept as events.</summary>
    public ProjectionAudit? Projection { get; init; }
}

/// <summary>What replaying every event found in the orders that are read.</summary>
/// <param name="Orders">That the events make.</param>
/// <param name="Events">That were replayed.</param>
/// <param name="Missing">Orders that were not there.</param>
/// <param name="Different">Orders that were there otherwise.</param>
/// <param name="Extra">Orders that were there and that nothing had happened to.</param>
public sealed record ProjectionAudit(long Orders, long Events, long Missing, long Different, long Extra);

/// <summary>An order.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="IdempotencyKey">The key under which the client placed it.</param>
/// <param name="Sku">What was ordered.</param>
/// <param name="Quantity">How many.</param>
/// <param name="AmountCents">The whole amount.</param>
/// <param name="Status"><c>PENDING</c>, <c>CONFIRMED</c> or <c>CANCELLED</c>.</param>
public sealed record AuditedOrder(string Id, string IdempotencyKey, string Sku, int Quantity, long AmountCents, string Status);

/// <summary>What Payments holds.</summary>
public sealed record PaymentsAudit
{
    public IReadOnlyList<AuditedAccount> Accounts { get; init; } = [];
    public IReadOnlyList<AuditedPayment> Payments { get; init; } = [];
    public IReadOnlyList<LedgerEntry> Ledger { get; init; } = [];
    public BusAudit Bus { get; init; } = new(0, 0, 0);
}

/// <summary>An account; <c>BalanceCents</c> must be <c>InitialCents</c> plus its ledger entries.</summary>
public sealed record AuditedAccount(string Id, long InitialCents, long BalanceCents);

/// <summary>The state of one order's payment: <c>CAPTURED</c>, <c>REFUNDED</c> or <c>DECLINED</c>.</summary>
public sealed record AuditedPayment(string OrderId, long AmountCents, string Status);

/// <summary>One side of a double entry; the entries of one transaction add up to zero.</summary>
/// <param name="Transaction">Groups the entries of one booking.</param>
/// <param name="OrderId">The order it was booked for.</param>
/// <param name="Step"><c>charge</c> or <c>refund</c>.</param>
/// <param name="Account">The account it was booked on.</param>
/// <param name="AmountCents">Positive into the account.</param>
public sealed record LedgerEntry(long Transaction, string OrderId, string Step, string Account, long AmountCents)
{
    /// <summary>When it was written, by the clock of Payments' database, in microseconds since 1970; null when the service does not say.</summary>
    public long? AtMicros { get; init; }
}

/// <summary>What Inventory holds.</summary>
public sealed record InventoryAudit
{
    public IReadOnlyList<AuditedProduct> Products { get; init; } = [];

    /// <summary>Every change of stock, in commit order.</summary>
    public IReadOnlyList<StockMovement> Journal { get; init; } = [];
    public BusAudit Bus { get; init; } = new(0, 0, 0);

    /// <summary>What a cache that writes back owes the database; null when it does not write back.</summary>
    public WriteBackAudit? WriteBack { get; init; }
}

/// <summary>A product. <c>OnHand</c> is what lies on the shelf, <c>Reserved</c> the part of it that is promised.</summary>
public sealed record AuditedProduct(string Sku, int InitialStock, int OnHand, int Reserved, long Version, long PriceCents);

/// <summary>A line of the inventory's journal.</summary>
/// <param name="Sequence">Rises with each commit.</param>
/// <param name="Sku">The product.</param>
/// <param name="OrderId">The order it was made for; null for a restock.</param>
/// <param name="Kind"><c>restock</c> (on hand up), <c>reserve</c> (reserved up), <c>release</c> (reserved down), <c>commit</c> (both
/// down: sold).</param>
/// <param name="Quantity">How many; positive.</param>
/// <param name="OnHand">On hand after it.</param>
/// <param name="Reserved">Reserved after it.</param>
public sealed record StockMovement(long Sequence, string Sku, string? OrderId, string Kind, int Quantity, int OnHand, int Reserved)
{
    /// <summary>When it was written, by the clock of Inventory's database, in microseconds since 1970; null when the service does not say.</summary>
    public long? AtMicros { get; init; }
}

/// <summary>What a service's messaging still holds; all zero at rest.</summary>
/// <param name="Unpublished">Outbox rows not yet on the bus.</param>
/// <param name="Undelivered">Messages waiting for or held by this service.</param>
/// <param name="DeadLetters">Messages given up on.</param>
public sealed record BusAudit(long Unpublished, long Undelivered, long DeadLetters);

/// <summary>What a cache that writes back owes the database.</summary>
/// <param name="Acknowledged">Writes that the process has acknowledged since it started.</param>
/// <param name="Waiting">Those of them that are not in the database yet.</param>
/// <param name="Lost">Those of them that neither the cache nor the database has any more.</param>
/// <param name="DirtyProducts">Products of which the cache knows more than the database, of every process; -1 when it could not be asked.</param>
public sealed record WriteBackAudit(long Acknowledged, long Waiting, long Lost, long DirtyProducts);
