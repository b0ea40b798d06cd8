using System.Data;
using Dapper;

namespace Harness.Target.Messaging;

/// <summary>The messages whose effects are in this database; written in the transaction that makes the effect.</summary>
public static class Inbox
{
    public const string Schema = "CREATE TABLE IF NOT EXISTS inbox (message_id TEXT PRIMARY KEY)";

    /// <summary>True the first time a message is seen; false when its effect is there already.</summary>
    public static bool TryRecord(IDbConnection connection, Message message) => TryRecord(connection, message.Id);

    /// <summary>The same for anything else that has an identity of its own, like a command.</summary>
    public static bool TryRecord(IDbConnection connection, string id) =>
        connection.Execute("INSERT INTO inbox (message_id) VALUES (@id) ON CONFLICT DO NOTHING", new { id }) == 1;
}
