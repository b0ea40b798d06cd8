using System.Data;
using Dapper;
using Harness.Target.Messaging;
using Npgsql;

namespace Harness.Target.Storage;

/// <summary>
/// Transactions of a PostgreSQL database that were voted for and now wait for somebody else's decision. They outlive connections, processes and the
/// server itself, and hold their locks all the while: nobody in here may end one on his own.
/// </summary>
/// <remarks>They go past the one writer of <see cref="PostgresStore"/>, whose turn they would hold as long as their locks. Each call blocks its thread, up to
/// <see cref="LockWait"/> for a row that another one holds.</remarks>
public sealed class PreparedTransactions(NpgsqlDataSource source)
{
    private const string Ours = "FROM pg_prepared_xacts WHERE database = current_database() AND starts_with(gid, @prefix)";

    /// <summary>Shorter than a try of the caller, so that the caller hears why.</summary>
    public static readonly TimeSpan LockWait = TimeSpan.FromMilliseconds(600);

    // Names are the server's, not the database's, and an order is prepared in several databases, maybe of one server.
    private readonly string _prefix = $"harness:{new NpgsqlConnectionStringBuilder(source.ConnectionString).Database}:";

    /// <exception cref="NotSupportedException">The server does not prepare transactions.</exception>
    public void Require()
    {
        using var connection = source.OpenConnection();
        if (connection.ExecuteScalar<string>("SHOW max_prepared_transactions") == "0")
            throw new NotSupportedException("This PostgreSQL prepares no transactions: start it with max_prepared_transactions=64.");
    }

    /// <summary>Does the work and keeps it, undone and not to be undone, for <see cref="Commit"/> or <see cref="RollBack"/>. Harmless when it is kept already.</summary>
    /// <param name="id">The transaction's, letters and digits: the same in every database that takes part.</param>
    /// <param name="work">False votes against, and nothing is kept.</param>
    /// <returns>The vote; true also for what was committed before.</returns>
    /// <exception cref="NpgsqlException">Another transaction holds what this one needs, or the database does not answer: no vote.</exception>
    public bool Prepare(string id, Func<IDbConnection, bool> work)
    {
        using var connection = source.OpenConnection();
        if (IsKept(connection, id))
            return true;
        using var transaction = connection.BeginTransaction();
        connection.Execute($"SET LOCAL lock_timeout = {LockWait.TotalMilliseconds}");
        if (!Inbox.TryRecord(connection, NoteOf(id)))
            return true;
        if (!work(connection))
            return false;
        connection.Execute($"PREPARE TRANSACTION '{Gid(id)}'");
        return true;
    }

    /// <summary>Makes true what was prepared; harmless when that was done before.</summary>
    /// <exception cref="InvalidOperationException">Nothing was prepared: no coordinator decides so.</exception>
    public void Commit(string id)
    {
        if (!TryEnd("COMMIT", id) && !IsCommitted(id))
            throw new InvalidOperationException($"Transaction {id} was not prepared here.");
    }

    /// <summary>Undoes what was prepared; harmless when nothing is. A vote that is still on its way arrives after it: see <see cref="InDoubt"/>.</summary>
    /// <exception cref="InvalidOperationException">It is committed: no coordinator decides so.</exception>
    public void RollBack(string id)
    {
        if (!TryEnd("ROLLBACK", id) && IsCommitted(id))
            throw new InvalidOperationException($"Transaction {id} is committed.");
    }

    /// <summary>The ids of those that wait for a decision, oldest first.</summary>
    public IReadOnlyList<string> InDoubt()
    {
        using var connection = source.OpenConnection();
        return [.. connection.Query<string>($"SELECT gid {Ours} ORDER BY prepared", new { prefix = _prefix }).Select(gid => gid[_prefix.Length..])];
    }

    /// <summary>How long the oldest of them has been waiting, in seconds; 0 when none does.</summary>
    public double OldestSeconds()
    {
        using var connection = source.OpenConnection();
        return connection.ExecuteScalar<double>($"SELECT coalesce(extract(epoch FROM now() - min(prepared)), 0)::float8 {Ours}", new { prefix = _prefix });
    }

    private bool TryEnd(string verb, string id)
    {
        using var connection = source.OpenConnection();
        try
        {
            connection.Execute($"{verb} PREPARED '{Gid(id)}'");
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedObject)
        {
            return false;
        }
    }

    private bool IsCommitted(string id)
    {
        using var connection = source.OpenConnection();
        return connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM inbox WHERE message_id = @note)", new { note = NoteOf(id) });
    }

    private bool IsKept(NpgsqlConnection connection, string id) =>
        connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM pg_prepared_xacts WHERE gid = @gid)", new { gid = _prefix + id });

    private static string NoteOf(string id) => $"{id}:prepare";

    // These statements take no parameters.
    private string Gid(string id) => id.All(char.IsAsciiLetterOrDigit) ? _prefix.Replace("'", "''", StringComparison.Ordinal) + id : throw new ArgumentException($"'{id}' is no id of a transaction.", nameof(id));
}
