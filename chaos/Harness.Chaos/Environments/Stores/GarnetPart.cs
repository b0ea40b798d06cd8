using System.Globalization;

namespace Harness.Chaos.Environments.Stores;

/// <summary>Microsoft.Garnet in a process of the harness's own; it has no streams, so the bus lies on lists.</summary>
internal sealed class GarnetPart : IStorePart
{
    public string Name => "redis";

    public Task<IReadOnlyList<string>> PrepareAsync(int port, string folder, EnvironmentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. request.StoreCommand, "--port", port.ToString(CultureInfo.InvariantCulture)]);

    public Task ReadyAsync(int port, CancellationToken cancellationToken) => Readiness.ListensAsync(port, cancellationToken);

    public string Connection(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    public IEnumerable<string> ServiceArguments(string service, Uri proxy) => ["--redis", proxy.Authority, "--bus", "lists"];
}
