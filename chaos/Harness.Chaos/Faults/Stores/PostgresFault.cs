using Harness.Chaos.Environments;
using Npgsql;

namespace Harness.Chaos.Faults.Stores;

/// <summary>A fault of one service's PostgreSQL database.</summary>
public abstract record PostgresFault : Fault
{
    /// <summary>The database, which has the name of its service.</summary>
    public required string Database { get; init; }

    /// <summary>Reaches the database past every proxy. Locks, sessions and open transactions of ours end with our connections, however we end.</summary>
    private protected NpgsqlDataSource Open(IRunningEnvironment environment) =>
        NpgsqlDataSource.Create($"{environment.ConnectionOf(StoreFields.Postgres)};Database={Database}");

    private protected Dictionary<string, string> With(params (string Name, string Text)[] own)
    {
        var parameters = new Dictionary<string, string> { ["database"] = Database };
        foreach ((string name, string text) in own)
            parameters[name] = text;
        return parameters;
    }
}
