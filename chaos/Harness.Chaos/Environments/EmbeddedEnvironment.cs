using Harness.Chaos.Environments.Stores;

namespace Harness.Chaos.Environments;

/// <summary>
/// The order system on a machine that has the .NET SDK and nothing else: Garnet in a child process as cache and bus, SQLite files as
/// databases, the harness's own proxies on every edge.
/// </summary>
public sealed class EmbeddedEnvironment : IEnvironmentKind
{
    public string Name => "embedded";

    public string Summary => "Garnet and SQLite, nothing to install";

    public IReadOnlyList<Edge> Edges { get; } = OrderSystemRun.EdgesWith("redis");

    public IReadOnlyList<string> Parts { get; } = [.. OrderSystemRun.ServiceNames, "redis"];

    public IReadOnlyList<string> Missing(IReadOnlyList<string> targetCommand) => [.. OrderSystemRun.MissingTarget(targetCommand)];

    public Task<IRunningEnvironment> StartAsync(EnvironmentRequest request, CancellationToken cancellationToken) =>
        OrderSystemRun.StartAsync(Edges, [new GarnetPart()], request, cancellationToken);
}
