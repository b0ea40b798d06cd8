using System.Diagnostics;
using Harness.Chaos.Faults;
using Harness.Chaos.Faults.Stores;
using Npgsql;

namespace Harness.Chaos.Tests.Faults.Stores;

/// <summary>Each fault of the database bites on a real PostgreSQL, leaves evidence, and is gone afterwards.</summary>
[Collection("postgres")]
public sealed class PostgresFaultTests(StoresEnvironment environment) : IAsyncLifetime
{
    private NpgsqlDataSource _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await environment.ReadyAsync();
        _database = environment.OpenDatabase();
        await RunAsync("DROP TABLE IF EXISTS things; CREATE TABLE things(id int PRIMARY KEY)");
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task A_locked_table_makes_everybody_wait_until_it_is_healed()
    {
        IInjection injection = new LockTableFault { Database = StoresEnvironment.Database, Table = "things" }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        Task insert = RunAsync("INSERT INTO things VALUES (1)");
        await Task.Delay(500, Token);
        Assert.False(insert.IsCompleted);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        await insert;
        Assert.Equal(1, evidence!["connections that waited"]);
    }

    [Fact]
    public async Task Exhausted_connections_are_refused_to_newcomers()
    {
        IInjection injection = new ExhaustConnectionsFault { Database = StoresEnvironment.Database }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => RunAsync("SELECT 1"));
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.Equal(PostgresErrorCodes.TooManyConnections, refused.SqlState);
        Assert.InRange(evidence!["connections taken"], 10, 1000);
        await RunAsync("SELECT 1");
    }

    [Fact]
    public async Task Terminated_sessions_end_in_the_middle_of_what_they_do()
    {
        await using NpgsqlConnection session = await _database.OpenConnectionAsync(Token);
        await using var sleep = new NpgsqlCommand("SELECT pg_sleep(60)", session);
        Task sleeping = sleep.ExecuteNonQueryAsync(Token);
        IInjection injection = new TerminateSessionsFault { Database = StoresEnvironment.Database }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => sleeping);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.True(evidence!["sessions ended"] >= 1);
        await RunAsync("SELECT 1");
    }

    [Fact]
    public async Task A_restart_of_the_server_ends_every_session_and_keeps_what_was_committed()
    {
        await RunAsync("INSERT INTO things VALUES (42)");
        await using NpgsqlConnection session = await _database.OpenConnectionAsync(Token);
        await using var sleep = new NpgsqlCommand("SELECT pg_sleep(60)", session);
        Task sleeping = sleep.ExecuteNonQueryAsync(Token);
        IInjection injection = new Harness.Chaos.Faults.Processes.RestartFault { Parts = ["postgres"] }.Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => sleeping);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.True(evidence!["processes ended"] >= 1);
        NpgsqlConnection.ClearPool(session);
        PostgresException there = await Assert.ThrowsAsync<PostgresException>(() => RunAsync("INSERT INTO things VALUES (42)"));
        Assert.Equal(PostgresErrorCodes.UniqueViolation, there.SqlState);
    }

    [Fact]
    public async Task Slow_queries_take_longer_and_leave_no_trigger_behind()
    {
        IInjection injection = new SlowQueriesFault { Database = StoresEnvironment.Database, Delay = TimeSpan.FromMilliseconds(300) }
            .Prepare(environment, TimeProvider.System);

        await injection.InjectAsync(Token);
        long started = Stopwatch.GetTimestamp();
        await RunAsync("INSERT INTO things VALUES (7)");
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(Token);

        Assert.True(took >= TimeSpan.FromMilliseconds(300), $"took {took}");
        Assert.Equal(1, evidence!["statements slowed"]);
        await using NpgsqlCommand triggers = _database.CreateCommand("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal");
        Assert.Equal(0L, await triggers.ExecuteScalarAsync(Token));
        await using NpgsqlCommand rows = _database.CreateCommand("SELECT count(*) FROM things");
        Assert.Equal(1L, await rows.ExecuteScalarAsync(Token));
    }

    private async Task RunAsync(string sql)
    {
        await using NpgsqlCommand command = _database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }
}
