using System.Data;
using Dapper;
using Harness.Target.Storage;

namespace Harness.Target.Orders.Keeping;

/// <summary>Everything that happened to every order, in the order in which it did. Rows are added and never changed.</summary>
public static class OrderEvents
{
    private const string Columns = "order_id, version, type, payload";

    /// <summary>Its table; harmless when it is there.</summary>
    /// <remarks>The primary key is what makes appending with an expected version safe: of two who saw the same state, one can follow on it.</remarks>
    public static string Schema(SqlDialect dialect) => $"""
        CREATE TABLE IF NOT EXISTS order_events (
            sequence {dialect.Sequence},
            order_id TEXT NOT NULL,
            version BIGINT NOT NULL CHECK (version > 0),
            type TEXT NOT NULL CHECK (type IN ('{OrderEvent.Placed}', '{OrderEvent.Confirmed}', '{OrderEvent.Cancelled}')),
            idempotency_key TEXT UNIQUE CHECK ((idempotency_key IS NOT NULL) = (version = 1)),
            payload TEXT NOT NULL,
            at BIGINT NOT NULL DEFAULT {dialect.NowMicros},
            UNIQUE (order_id, version))
        """;

    /// <summary>Adds an event, if it is the next one.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="happened">Its version is one more than that of the state on which it was decided.</param>
    /// <param name="idempotencyKey">With the first event of an order, and with no other.</param>
    /// <returns>False when another one has that version already, or another order that key.</returns>
    public static bool TryAppend(IDbConnection connection, OrderEvent happened, string? idempotencyKey = null) => connection.Execute(
        $"INSERT INTO order_events ({Columns}, idempotency_key) VALUES (@OrderId, @Version, @Type, @Payload, @idempotencyKey) ON CONFLICT DO NOTHING",
        new { happened.OrderId, happened.Version, happened.Type, happened.Payload, idempotencyKey }) == 1;

    /// <summary>The order as its events make it; null when there are none.</summary>
    public static Order? Replay(IDbConnection connection, string orderId) =>
        connection.Query<OrderEvent>($"SELECT {Columns} FROM order_events WHERE order_id = @orderId ORDER BY version", new { orderId })
            .Aggregate((Order?)null, (order, happened) => happened.Apply(order));

    /// <summary>Every order as its events make it, in the order of their placing, and how many events those were.</summary>
    public static (IReadOnlyDictionary<string, Order> Orders, long Events) ReplayAll(IDbConnection connection)
    {
        var orders = new Dictionary<string, Order>(StringComparer.Ordinal);
        var events = 0L;
        // Not all at once: there are as many as ever happened.
        foreach (var happened in connection.Query<OrderEvent>($"SELECT {Columns} FROM order_events ORDER BY sequence", buffered: false))
        {
            orders[happened.OrderId] = happened.Apply(orders.GetValueOrDefault(happened.OrderId));
            events++;
        }

        return (orders, events);
    }

    /// <summary>Whether nothing has happened yet.</summary>
    public static bool IsEmpty(IDbConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM (SELECT 1 FROM order_events LIMIT 1) one") == 0;
}
