using Harness.Chaos.Environments.Stores;

namespace Harness.Chaos.Environments;

/// <summary>The order system on the machine's own servers: redis-server with the bus on streams, and a private PostgreSQL cluster.</summary>
public sealed class LocalEnvironment : IEnvironmentKind
{
    public string Name => "local";

    public string Summary => "redis-server and a private PostgreSQL cluster";

    public IReadOnlyList<Edge> Edges { get; } = OrderSystemRun.EdgesWith("redis", "postgres");

    public IReadOnlyList<string> Parts { get; } = [.. OrderSystemRun.ServiceNames, "redis", "postgres"];

    public IReadOnlyList<string> Missing(IReadOnlyList<string> targetCommand)
    {
        if (OperatingSystem.IsWindows())
            return ["it needs Linux or macOS"];
        return [.. OrderSystemRun.MissingTarget(targetCommand), .. MissingRedis(), .. MissingPostgres()];
    }

    public Task<IRunningEnvironment> StartAsync(EnvironmentRequest request, CancellationToken cancellationToken) =>
        OrderSystemRun.StartAsync(Edges, [new RedisPart(), new PostgresPart(OrderSystemRun.ServiceNames)], request, cancellationToken);

    internal static IEnumerable<string> MissingRedis() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, RedisPart.Program)))
            ? []
            : ["redis-server is not installed: sudo apt-get install redis-server"];

    internal static IEnumerable<string> MissingPostgres()
    {
        if (PostgresCluster.ProgramFolder is null)
            yield return "PostgreSQL is not installed: sudo apt-get install postgresql";
        // The server refuses to run as root.
        else if (Environment.IsPrivilegedProcess && !File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)))
            yield return "there is no user postgres, whom the server would run as: sudo apt-get install postgresql";
    }
}
