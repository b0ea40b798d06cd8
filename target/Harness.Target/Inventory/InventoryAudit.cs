using System.Data;
using System.Text.Json.Serialization;
using Dapper;
using Harness.Target.Inventory.Caching.WriteBack;
using Harness.Target.Messaging;

namespace Harness.Target.Inventory;

/// <summary>What Inventory shows to an auditor, from one snapshot.</summary>
/// <param name="Journal">Every change of stock in commit order.</param>
/// <param name="WriteBack">Null unless the cache writes back.</param>
public sealed record InventoryAudit(IReadOnlyList<AuditedProduct> Products, IReadOnlyList<StockMovement> Journal, BusAudit Bus,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WriteBackAudit? WriteBack)
{
    /// <param name="connection">A snapshot.</param>
    /// <param name="counts">What the bus holds.</param>
    /// <param name="writeBack">What the cache owes the database.</param>
    public static InventoryAudit Take(IDbConnection connection, BusCounts counts, WriteBackAudit? writeBack) => new(
        connection.Query<AuditedProduct>("SELECT sku, initial_stock, on_hand, reserved, version, price_cents FROM products ORDER BY sku").AsList(),
        connection.Query<StockMovement>("SELECT sequence, sku, order_id, kind, quantity, on_hand, reserved, at_micros FROM journal ORDER BY sequence").AsList(),
        new BusAudit(Outbox.Count(connection), counts.Undelivered, counts.DeadLetters),
        writeBack);
}

/// <summary>A product. <c>OnHand</c> is what lies on the shelf, <c>Reserved</c> the part of it that is promised.</summary>
public sealed record AuditedProduct(string Sku, long InitialStock, long OnHand, long Reserved, long Version, long PriceCents);

/// <summary>A line of the journal; <c>OnHand</c> and <c>Reserved</c> are what they were after it.</summary>
/// <param name="AtMicros">When it was written, by the database's clock, in microseconds since 1970.</param>
public sealed record StockMovement(long Sequence, string Sku, string? OrderId, string Kind, long Quantity, long OnHand, long Reserved, long AtMicros);
