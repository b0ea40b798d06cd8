using System.Data;
using System.Data.Common;
using Dapper;
using Npgsql;

namespace Harness.Target.Storage;

/// <summary>A PostgreSQL database. One thread does the writing, many pieces of work to a commit; readers have connections of their own.</summary>
/// <remarks>
/// Every call ends: a statement that gets no answer within two seconds breaks its connection, and whoever asked is told. Other processes
/// on the same database take turns with this one by an advisory lock, so that the work needs no retries and sees what was written before it.
/// </remarks>
public sealed class PostgresStore : IStore
{
    private const int SecondsMax = 2;

    // Making tables is no answer that a client waits for, and every service of a system makes its own at the same moment.
    private const int MigrationSecondsMax = 30;

    // Any number, as long as all processes of a service take the same.
    private const long WritersLock = 5_433_281;

    private readonly NpgsqlDataSource _source;
    private readonly WriterThread _thread;
    private bool _disposed;

    /// <summary>Connects and brings the schema up to date.</summary>
    /// <param name="connectionString">As Npgsql reads it; how long it waits and how many connections it keeps are set here.</param>
    /// <param name="migrate">Makes tables and first rows; must be harmless when they are there already.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached or refuses.</exception>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public PostgresStore(string connectionString, Action<IDbConnection, SqlDialect> migrate)
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        var source = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Timeout = SecondsMax,
            CommandTimeout = SecondsMax,
            CancellationTimeout = -1, // A network that swallows a statement swallows its cancellation too.
            MaxPoolSize = 16,
            NoResetOnClose = true,
            MaxAutoPrepare = 64,
            AutoPrepareMinUsages = 3,
            IncludeErrorDetail = false, // Details quote values, which belong to customers and not to logs.
        }.ConnectionString);
        // What belongs to no request and no message, like a look into the outbox, would be a trace of its own each time.
        _source = source.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => System.Diagnostics.Activity.Current is not null)).Build();
        var patient = new NpgsqlConnectionStringBuilder(connectionString) { Timeout = MigrationSecondsMax, CommandTimeout = MigrationSecondsMax, Pooling = false };
        using (var own = NpgsqlDataSource.Create(patient))
            InTransaction(own, connection => migrate(connection, SqlDialect.Postgres));
        _thread = new WriterThread(Write);
        Prepared = new PreparedTransactions(_source);
    }

    /// <summary>Transactions in the same database that wait for somebody else's decision.</summary>
    public PreparedTransactions Prepared { get; }

    public Task<T> WriteAsync<T>(Func<IDbConnection, T> work, CancellationToken cancellationToken) => _thread.WriteAsync(work, cancellationToken);

    public T Read<T>(Func<IDbConnection, T> work)
    {
        using var connection = _source.OpenConnection();
        using var snapshot = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        return work(connection);
    }

    public T ReadOne<T>(Func<IDbConnection, T> work)
    {
        using var connection = _source.OpenConnection();
        return work(connection);
    }

    /// <summary>Finishes what is waiting, then closes every connection.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _thread.Dispose();
        _source.Dispose();
    }

    private void Write(List<WriteJob> batch)
    {
        if (TryTogether(batch))
            return;
        // One of them failed, which undid them all: each on its own, so that only that one fails.
        foreach (var job in batch)
            TryTogether([job]);
    }

    /// <summary>Runs jobs in one transaction and tells them how it went; false when several have to be tried apart.</summary>
    private bool TryTogether(List<WriteJob> jobs)
    {
        try
        {
            if (!InTransaction(_source, connection => jobs.TrueForAll(job => job.TryRun(connection)) || Unusable(connection)) && jobs.Count > 1)
                return false;
        }
        catch (Exception e) when (e is DbException or InvalidOperationException)
        {
            // No connection, or it broke on the way: what the last commit came to is then not known, and whoever asked decides what next.
            jobs.ForEach(job => job.Fail(e));
            return true;
        }

        jobs.ForEach(job => job.Complete());
        return true;
    }

    /// <summary>Commits when <paramref name="work"/> says so, else rolls back; returns what it said.</summary>
    private static bool InTransaction(NpgsqlDataSource source, Func<NpgsqlConnection, bool> work)
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction();
        connection.Execute("SELECT pg_advisory_xact_lock(@WritersLock)", new { WritersLock });
        var wanted = work(connection);
        if (wanted)
            transaction.Commit();
        else
            transaction.Rollback();
        return wanted;
    }

    private static void InTransaction(NpgsqlDataSource source, Action<NpgsqlConnection> work) => InTransaction(source, connection =>
    {
        work(connection);
        return true;
    });

    /// <summary>False after an error of the work; throws when it was the connection that failed, for then no other work can succeed either.</summary>
    private static bool Unusable(NpgsqlConnection connection) =>
        connection.FullState == ConnectionState.Open ? false : throw new NpgsqlException("The connection to the database broke.");
}
