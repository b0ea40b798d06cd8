using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Stores;
using Harness.Target.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Harness.Target.Tests;

/// <summary>A real PostgreSQL for all tests of this program, started when the first one asks for it; each test takes a database of its own.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "tests", Password = "tests-only";
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;
    private readonly Lazy<Task<ChildProcess>> _process;
    private int _databases;

    public PostgresServer() => _process = new Lazy<Task<ChildProcess>>(StartAsync);

    public int Port { get; } = FreePort.Next();

    /// <summary>An empty database.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        Prerequisite.Require([.. LocalEnvironment.MissingPostgres()]);
        await _process.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return name;
    }

    /// <param name="database">What <see cref="CreateDatabaseAsync"/> gave.</param>
    /// <param name="port">That of a relay; null for the server's own.</param>
    public string ConnectionString(string database, int? port = null) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port ?? Port};Database={database};Username={User};Password={Password}");

    public async ValueTask DisposeAsync()
    {
        if (_process.IsValueCreated)
            await (await _process.Value).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<ChildProcess> StartAsync()
    {
        var cluster = new PostgresCluster(_folder);
        await cluster.InitializeAsync(User, Password, CancellationToken.None);
        var process = ChildProcess.Start("postgres", HeldProgram.Command(cluster.ServeCommand(Port)), Path.Combine(Path.GetTempPath(), $"target-test-postgres-{Environment.ProcessId}.log"));
        await Eventually.TrueAsync(() => Task.FromResult(process.HasExited || Answers()), "PostgreSQL answers");
        Assert.False(process.HasExited, process.LastWords);
        return process;
    }

    private bool Answers()
    {
        try
        {
            using var source = NpgsqlDataSource.Create(ConnectionString("postgres"));
            using var connection = source.OpenConnection();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
