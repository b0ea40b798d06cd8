using System.Data;
using Dapper;
using Harness.Target.Messaging;
using Harness.Target.Orders.Keeping;
using Harness.Target.Orders.Sagas;
using Harness.Target.Storage;

namespace Harness.Target.Orders;

/// <summary>The orders and their states. A state moves only PENDING → CONFIRMED or PENDING → CANCELLED.</summary>
public static class OrderBook
{
    public const string Pending = "PENDING";
    public const string Confirmed = "CONFIRMED";
    public const string Cancelled = "CANCELLED";

    private const string Columns = "id, idempotency_key, customer, sku, quantity, amount_cents, status, version";

    /// <summary>Tables; harmless when they are there.</summary>
    public static void Migrate(IDbConnection connection, SqlDialect dialect) => connection.Execute($"""
        CREATE TABLE IF NOT EXISTS orders (
            sequence {dialect.Sequence},
            id TEXT NOT NULL UNIQUE,
            idempotency_key TEXT NOT NULL UNIQUE,
            customer TEXT NOT NULL,
            sku TEXT NOT NULL,
            quantity BIGINT NOT NULL CHECK (quantity > 0),
            amount_cents BIGINT NOT NULL CHECK (amount_cents >= 0),
            status TEXT NOT NULL CHECK (status IN ('{Pending}', '{Confirmed}', '{Cancelled}')),
            version BIGINT NOT NULL);
        {dialect.Index("orders_pending", $"orders (sequence) WHERE status = '{Pending}'")};
        {OrderEvents.Schema(dialect)};
        {SagaLog.Schema(dialect)};
        {Outbox.Schema(dialect)};
        {Inbox.Schema};
        """);

    /// <summary>Writes a row, unless the key is taken already.</summary>
    internal static bool TryInsert(IDbConnection connection, Order order) => connection.Execute($"""
        INSERT INTO orders ({Columns})
        VALUES (@Id, @IdempotencyKey, @Customer, @Sku, @Quantity, @AmountCents, @Status, @Version)
        ON CONFLICT (idempotency_key) DO NOTHING
        """, order) == 1;

    /// <summary>Makes a row what <paramref name="order"/> is; false when there is none.</summary>
    internal static bool TryOverwrite(IDbConnection connection, Order order) => connection.Execute("""
        UPDATE orders SET idempotency_key = @IdempotencyKey, customer = @Customer, sku = @Sku, quantity = @Quantity, amount_cents = @AmountCents,
            status = @Status, version = @Version WHERE id = @Id
        """, order) == 1;

    /// <summary>Removes a row, and its saga.</summary>
    internal static void Remove(IDbConnection connection, string id) =>
        connection.Execute("DELETE FROM sagas WHERE order_id = @id; DELETE FROM orders WHERE id = @id", new { id });

    /// <summary>Every row, oldest first.</summary>
    internal static IReadOnlyList<Order> Everything(IDbConnection connection) => connection.Query<Order>($"SELECT {Columns} FROM orders ORDER BY sequence").AsList();

    public static Order? Find(IDbConnection connection, string id) =>
        connection.QuerySingleOrDefault<Order>($"SELECT {Columns} FROM orders WHERE id = @id", new { id });

    public static Order? FindByKey(IDbConnection connection, string key) =>
        connection.QuerySingleOrDefault<Order>($"SELECT {Columns} FROM orders WHERE idempotency_key = @key", new { key });

    /// <summary>Moves a row's state on; false when it has ended before, however it did.</summary>
    /// <exception cref="InvalidOperationException">There is no such order.</exception>
    internal static bool TrySettle(IDbConnection connection, string id, string status)
    {
        var moved = connection.Execute(
            $"UPDATE orders SET status = @status, version = version + 1 WHERE id = @id AND status = '{Pending}'", new { id, status });
        if (moved == 0 && Find(connection, id) is null)
            throw new InvalidOperationException($"There is no order {id}.");
        return moved == 1;
    }

    /// <summary>Orders whose saga has not ended: nothing is decided, or what was done for them is still being undone.</summary>
    public static long CountPending(IDbConnection connection) =>
        connection.ExecuteScalar<long>($"SELECT (SELECT count(*) FROM orders WHERE status = '{Pending}') + ({SagaLog.CountUndoing})");

    /// <summary>Orders that wait since before a moment, that no coordinator looks after and that were not told to expire yet; oldest first, a batch of them.</summary>
    /// <param name="before">The beginning of an id, see <see cref="Order.IdAt"/>.</param>
    public static IReadOnlyList<Order> Overdue(IDbConnection connection, string before) => connection.Query<Order>($"""
        SELECT {Columns} FROM orders WHERE status = '{Pending}' AND id < @before
            AND NOT EXISTS (SELECT 1 FROM sagas WHERE order_id = id)
            AND NOT EXISTS (SELECT 1 FROM inbox WHERE message_id = id || ':{MessageTypes.OrderExpired}')
        ORDER BY sequence LIMIT 64
        """, new { before }).AsList();

    /// <summary>Every order, oldest first, and how many messages are not published.</summary>
    public static (IReadOnlyList<AuditedOrder> Orders, long Unpublished) Audit(IDbConnection connection) =>
        (connection.Query<AuditedOrder>("SELECT id, idempotency_key, sku, quantity, amount_cents, status FROM orders ORDER BY sequence").AsList(),
            Outbox.Count(connection));
}
