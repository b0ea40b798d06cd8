using System.Data;
using Dapper;

namespace Harness.Target.Messaging;

/// <summary>The messages whose effects are in this database; written in the transaction that makes the effect.</summary>
public static class Inbox
{
    public const string Schema = "CREATE TABLE IF NOT EXISTS inbox (message_id TEXT PRIMARY KEY)";

    /// <summary>True the first time a message is seen; false when its effect is there already.</summary>
    public static bool TryRecord(IDbConnection connection, Message message) =>
        connection.Execute("INSERT INTO inbox (message_id) VALUES (@Id) ON CONFLICT DO NOTHING", new { message.Id }) == 1;
}
