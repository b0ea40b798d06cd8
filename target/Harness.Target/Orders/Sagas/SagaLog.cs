using System.Data;
using Dapper;
using Harness.Target.Orders.Keeping;
using Harness.Target.Storage;

namespace Harness.Target.Orders.Sagas;

/// <summary>How far each coordinated saga is. A saga that has ended stays, as the proof that it was coordinated.</summary>
public static class SagaLog
{
    /// <summary>Counts the sagas whose order is cancelled and that are still undoing what they did.</summary>
    public const string CountUndoing = "SELECT count(*) FROM sagas WHERE step <> 'Ended' AND step IN ('Releasing', 'Refunding')";

    private const string Joined = """
        SELECT o.id, o.idempotency_key, o.customer, o.sku, o.quantity, o.amount_cents, o.status, o.version, s.step, s.due_at
        FROM sagas s JOIN orders o ON o.id = s.order_id
        """;

    /// <summary>Its table; harmless when it is there.</summary>
    public static string Schema(SqlDialect dialect) => $"""
        CREATE TABLE IF NOT EXISTS sagas (
            order_id TEXT PRIMARY KEY REFERENCES orders (id),
            step TEXT NOT NULL CHECK (step IN ('Charging', 'Reserving', 'Selling', 'Releasing', 'Refunding', 'Preparing', 'Committing', 'Aborting', 'Ended')),
            due_at BIGINT NOT NULL);
        {dialect.Index("sagas_unfinished", "sagas (step) WHERE step <> 'Ended'")}
        """;

    /// <summary>In the transaction that writes the order.</summary>
    public static void Begin(IDbConnection connection, Saga saga) =>
        connection.Execute("INSERT INTO sagas VALUES (@Id, @step, @dueAt)", new { saga.Order.Id, step = saga.Step.ToString(), dueAt = saga.DueAt.ToUnixTimeMilliseconds() });

    /// <summary>Moves a saga on, and its order with it, unless somebody else has moved it meanwhile.</summary>
    /// <returns>False when it is not where it was; then nothing was done.</returns>
    public static bool TryMove(IDbConnection connection, IOrderStorage storage, Saga saga, SagaMove move)
    {
        var moved = connection.Execute(
            "UPDATE sagas SET step = @to WHERE order_id = @Id AND step = @from", new { saga.Order.Id, from = saga.Step.ToString(), to = move.To.ToString() }) == 1;
        // A two-phase commit has changed the order with everything else.
        if (moved && saga.Step != SagaStep.Committing && move.OrderStatus is { } status && !storage.Settle(connection, saga.Order.Id, status))
            throw new InvalidOperationException($"Order {saga.Order.Id} had ended before its saga.");
        return moved;
    }

    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static Saga Find(IDbConnection connection, string orderId) => Read(connection, $"{Joined} WHERE s.order_id = @orderId", new { orderId }).Single();

    /// <summary>Null when the order has no coordinated saga.</summary>
    public static SagaStep? StepOf(IDbConnection connection, string orderId) =>
        connection.QuerySingleOrDefault<string>("SELECT step FROM sagas WHERE order_id = @orderId", new { orderId }) is { } step ? Enum.Parse<SagaStep>(step) : null;

    /// <summary>Every saga that has not ended, oldest first.</summary>
    public static IReadOnlyList<Saga> Unfinished(IDbConnection connection) => Read(connection, $"{Joined} WHERE s.step <> 'Ended' ORDER BY o.sequence", null);

    /// <summary>How many sagas are at each step that is not the last.</summary>
    public static IReadOnlyDictionary<SagaStep, long> Count(IDbConnection connection) =>
        connection.Query<(string Step, long Count)>("SELECT step, count(*) FROM sagas WHERE step <> 'Ended' GROUP BY step")
            .ToDictionary(row => Enum.Parse<SagaStep>(row.Step), row => row.Count);

    private static List<Saga> Read(IDbConnection connection, string sql, object? parameters) =>
        connection.Query<Order, Progress, Saga>(
            sql, (order, progress) => new Saga(order, Enum.Parse<SagaStep>(progress.Step), DateTimeOffset.FromUnixTimeMilliseconds(progress.DueAt)),
            parameters, splitOn: "step").AsList();

    private sealed record Progress(string Step, long DueAt);
}
