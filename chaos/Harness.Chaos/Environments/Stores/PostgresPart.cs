using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Harness.Chaos.Environments.Stores;

/// <summary>A private PostgreSQL cluster in the run's own folder, with a database for each service and a password that only this run knows.</summary>
internal class PostgresPart(IReadOnlyList<string> services) : IStorePart
{
    internal const string User = "harness";

    public string Name => "postgres";

    public IReadOnlyDictionary<string, string> ServiceVariables => new Dictionary<string, string> { ["PGPASSWORD"] = Password };

    public virtual IReadOnlyDictionary<string, string> OwnVariables => new Dictionary<string, string>();

    protected string Password { get; } = RandomNumberGenerator.GetHexString(32);

    protected virtual TimeSpan ReadyLimit => Readiness.Limit;

    public virtual async Task<IReadOnlyList<string>> PrepareAsync(int port, string folder, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        await new PostgresCluster(folder).InitializeAsync(User, Password, cancellationToken);
        return HeldProgram.Command(new PostgresCluster(folder).ServeCommand(port));
    }

    /// <summary>Also makes the databases, which is what services wait for.</summary>
    public Task ReadyAsync(int port, CancellationToken cancellationToken) =>
        Readiness.UntilAsync("postgres", token => CreateDatabasesAsync(port, token), ReadyLimit, cancellationToken);

    public string Connection(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username={User};Password={Password};Pooling=false;Application Name=harness");

    public IEnumerable<string> ServiceArguments(string service, Uri proxy) => ["--postgres", ConnectionString(proxy.Port, service)];

    private async Task<string?> CreateDatabasesAsync(int port, CancellationToken cancellationToken)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(ConnectionString(port, "postgres") + $";Password={Password};Pooling=false");
            foreach (string service in services)
            {
                await using NpgsqlCommand create = source.CreateCommand($"CREATE DATABASE {service}"); // names of ours, not of a user
                await create.ExecuteNonQueryAsync(cancellationToken);
            }

            return null;
        }
        catch (PostgresException again) when (again.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            return null;
        }
        catch (NpgsqlException notYet)
        {
            return notYet.Message;
        }
    }

    private static string ConnectionString(int port, string database) =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Database={database};Username={User}");
}
