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
    private const int BatchMax = 64;

    /// <summary>Its table; harmless when it is there.</summary>
    public static string Schema(SqlDialect dialect) => $"CREATE TABLE IF NOT EXISTS outbox (sequence {dialect.Sequence}, body TEXT NOT NULL)";

    /// <summary>Inside the transaction that decided.</summary>
    public static void Add(IDbConnection connection, Message message) =>
        connection.Execute("INSERT INTO outbox (body) VALUES (@body)", new { body = BusTracing.Stamp(message).ToJson() });

    /// <summary>The oldest that are not published, a batch of them.</summary>
    public static IReadOnlyList<OutboxRow> Oldest(IDbConnection connection) =>
        connection.Query<OutboxRow>($"SELECT sequence, body FROM outbox ORDER BY sequence LIMIT {BatchMax}").AsList();

    /// <summary>Forgets rows that the bus has taken; they are what <see cref="Oldest"/> gave, so nothing else lies between the first and the last.</summary>
    public static int Remove(IDbConnection connection, IReadOnlyList<OutboxRow> published) =>
        connection.Execute("DELETE FROM outbox WHERE sequence BETWEEN @first AND @last", new { first = published[0].Sequence, last = published[^1].Sequence });

    /// <summary>How many are not published.</summary>
    public static long Count(IDbConnection connection) => connection.ExecuteScalar<long>("SELECT count(*) FROM outbox");
}

/// <summary>A message that waits to be published.</summary>
public sealed record OutboxRow(long Sequence, string Body);
