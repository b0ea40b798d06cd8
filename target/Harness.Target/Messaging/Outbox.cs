using System.Data;
using Dapper;
using Harness.Target.Storage;

namespace Harness.Target.Messaging;

/// <summary>
/// Messages that a transaction decided to send, in the same database as what it decided. Written together, so that a message exists exactly
/// when its cause does; a row is deleted once the bus has it.
/// </summary>
public static class Outbox
{
    /// <summary>How many <see cref="Oldest"/> gives at most.</summary>
    internal const int BatchMax = 64;

    /// <summary>Its table; harmless when it is there.</summary>
    public static string Schema(SqlDialect dialect) => $"CREATE TABLE IF NOT EXISTS outbox (sequence {dialect.Sequence}, body TEXT NOT NULL)";

    /// <summary>Inside the transaction that decided.</summary>
    public static void Add(IDbConnection connection, Message message) =>
        connection.Execute("INSERT INTO outbox (body) VALUES (@body)", new { body = BusTracing.Stamp(message).ToJson() });

    /// <summary>The oldest of those after a sequence, a batch of them.</summary>
    public static IReadOnlyList<OutboxRow> Oldest(IDbConnection connection, long after) =>
        connection.Query<OutboxRow>($"SELECT sequence, body FROM outbox WHERE sequence > @after ORDER BY sequence LIMIT {BatchMax}", new { after }).AsList();

    /// <summary>Forgets rows that the bus has taken: writers take turns, so none below the last that was seen can still come.</summary>
    public static int Remove(IDbConnection connection, long upTo) => connection.Execute("DELETE FROM outbox WHERE sequence <= @upTo", new { upTo });

    /// <summary>How many are not published.</summary>
    public static long Count(IDbConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM outbox");
}

/// <summary>A message that waits to be published.</summary>
public sealed record OutboxRow(long Sequence, string Body);
