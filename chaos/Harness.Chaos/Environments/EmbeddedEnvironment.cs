namespace Harness.Chaos.Environments;

/// <summary>
/// The order system on a machine that has the .NET SDK and nothing else: Garnet in a child process as cache and bus, SQLite files as
/// databases, the harness's own proxies on every edge.
/// </summary>
public sealed class EmbeddedEnvironment : IEnvironmentKind
{
    internal const string Store = "redis";
    internal const string Client = "client";

    internal static readonly string[] Services = ["orders", "payments", "inventory"];

    /// <summary>Which service calls which, beside the store that all of them use.</summary>
    internal static readonly Edge[] Calls = [new("orders", "inventory")];

    public string Name => "embedded";

    public string Summary => "Garnet and SQLite, nothing to install";

    public IReadOnlyList<Edge> Edges { get; } =
    [
        .. Services.Select(service => new Edge(Client, service)),
        .. Calls,
        .. Services.Select(service => new Edge(service, Store)),
    ];

    public IReadOnlyList<string> Missing(IReadOnlyList<string> targetCommand) =>
        File.Exists(targetCommand[^1]) ? [] : [$"the order system is not built: {targetCommand[^1]} does not exist; run ./harness, which builds it"];

    public async Task<IRunningEnvironment> StartAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        var environment = new EmbeddedRun(Edges);
        try
        {
            await environment.StartAsync(request, cancellationToken);
            return environment;
        }
        catch
        {
            await environment.DisposeAsync();
            throw;
        }
    }
}
