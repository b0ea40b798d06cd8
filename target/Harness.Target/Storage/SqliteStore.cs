using System.Data;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Harness.Target.Storage;

/// <summary>
/// One SQLite file in WAL mode: readers never wait, and one thread with one connection does all the writing.
/// </summary>
/// <remarks>
/// <c>synchronous = FULL</c>, because a 202 promises that the order is kept: with NORMAL a commit outlives the death of the process but
/// not that of the machine. Its price is one fsync a commit, and the writer shares it: whatever has queued up while the last
/// commit was on its way goes into the next one, each piece of work behind a savepoint so that it fails alone.
/// </remarks>
public sealed class SqliteStore : IStore
{
    private readonly SqliteConnection _writer;
    private readonly string _connectionString;
    private readonly WriterThread _thread;
    private bool _disposed;

    /// <summary>Opens the file, makes it when it is not there, and brings its schema up to date.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="migrate">Makes tables and first rows; must be harmless when they are there already.</param>
    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    public SqliteStore(string path, Action<IDbConnection, SqlDialect> migrate)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 10 }.ToString();
        _writer = new SqliteConnection(_connectionString);
        _writer.Open();
        // busy_timeout first: switching to WAL takes a lock for a moment, and another process may be at the same point.
        _writer.Execute("PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;");
        _writer.Execute("BEGIN IMMEDIATE");
        migrate(_writer, SqlDialect.Sqlite);
        _writer.Execute("COMMIT");
        _thread = new WriterThread(Write);
    }

    public Task<T> WriteAsync<T>(Func<IDbConnection, T> work, CancellationToken cancellationToken) => _thread.WriteAsync(work, cancellationToken);

    public T Read<T>(Func<IDbConnection, T> work)
    {
        using var connection = new SqliteConnection(_connectionString); // pooled by the driver
        connection.Open();
        using var snapshot = connection.BeginTransaction(deferred: true);
        return work(connection);
    }

    /// <summary>Finishes what is waiting, then closes the file.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _thread.Dispose();
        _writer.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(_connectionString));
    }

    private void Write(List<WriteJob> batch)
    {
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
            foreach (var job in batch)
                RunBehindSavepoint(job);
            _writer.Execute("COMMIT");
        }
        catch (SqliteException e)
        {
            // Disk full, or another process kept the lock: none of it happened, and whoever asked decides what next.
            RollbackIfOpen();
            batch.ForEach(job => job.Fail(e));
            return;
        }

        batch.ForEach(job => job.Complete());
    }

    private void RunBehindSavepoint(WriteJob job)
    {
        _writer.Execute("SAVEPOINT job");
        if (!job.TryRun(_writer))
            _writer.Execute("ROLLBACK TO job");
        _writer.Execute("RELEASE job");
    }

    private void RollbackIfOpen()
    {
        // SQLite itself rolls back after some errors, and then there is nothing left to roll back.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_writer.Handle) == 0)
            _writer.Execute("ROLLBACK");
    }
}
