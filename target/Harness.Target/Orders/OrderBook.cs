using System.Data;
using Dapper;
using Harness.Target.Messaging;
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
        CREATE INDEX IF NOT EXISTS orders_pending ON orders (sequence) WHERE status = '{Pending}';
        {Outbox.Schema(dialect)};
        {Inbox.Schema};
        """);

    /// <summary>Writes the order and begins its saga, unless its key is taken already.</summary>
    /// <param name="begin">Writes the beginning down, in the same transaction.</param>
    /// <returns>The order that has the key now, and whether it is the new one.</returns>
    public static (Order Order, bool IsNew) Place(IDbConnection connection, Order order, Action<IDbConnection, Order> begin)
    {
        var inserted = connection.Execute($"""
            INSERT INTO orders ({Columns})
            VALUES (@Id, @IdempotencyKey, @Customer, @Sku, @Quantity, @AmountCents, @Status, @Version)
            ON CONFLICT (idempotency_key) DO NOTHING
            """, order);
        if (inserted == 0)
            return (FindByKey(connection, order.IdempotencyKey)!, false);
        begin(connection, order);
        return (order, true);
    }

    public static Order? Find(IDbConnection connection, string id) =>
        connection.QuerySingleOrDefault<Order>($"SELECT {Columns} FROM orders WHERE id = @id", new { id });

    public static Order? FindByKey(IDbConnection connection, string key) =>
        connection.QuerySingleOrDefault<Order>($"SELECT {Columns} FROM orders WHERE idempotency_key = @key", new { key });

    /// <summary>Ends an order's saga.</summary>
    /// <param name="status"><see cref="Confirmed"/> or <see cref="Cancelled"/>.</param>
    /// <returns>False when it has ended before, however it did.</returns>
    /// <exception cref="InvalidOperationException">There is no such order.</exception>
    public static bool Settle(IDbConnection connection, string id, string status)
    {
        var moved = connection.Execute(
            $"UPDATE orders SET status = @status, version = version + 1 WHERE id = @id AND status = '{Pending}'", new { id, status });
        if (moved == 0 && Find(connection, id) is null)
            throw new InvalidOperationException($"There is no order {id}.");
        return moved == 1;
    }

    public static long CountPending(IDbConnection connection) =>
        connection.ExecuteScalar<long>($"SELECT count(*) FROM orders WHERE status = '{Pending}'");

    /// <summary>Every order, oldest first, and how many messages are not published.</summary>
    public static (IReadOnlyList<AuditedOrder> Orders, long Unpublished) Audit(IDbConnection connection) =>
        (connection.Query<AuditedOrder>("SELECT id, idempotency_key, sku, quantity, amount_cents, status FROM orders ORDER BY sequence").AsList(),
            Outbox.Count(connection));
}
