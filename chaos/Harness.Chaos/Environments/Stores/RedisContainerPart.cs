using System.Globalization;
using Harness.Chaos.Environments.Containers;

namespace Harness.Chaos.Environments.Stores;

/// <summary>Redis in a container.</summary>
internal sealed class RedisContainerPart(TimeSpan readyLimit) : IStorePart
{
    public string Name => "redis";

    public Task<IReadOnlyList<string>> PrepareAsync(int port, string folder, EnvironmentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(
        [
            .. request.StoreCommand,
            .. new ContainerOrder(Name, port, ContainerImages.Redis, Environment.ProcessId) { Run = request.Run }.Arguments,
        ]);

    // The daemon listens on the port before the server in the container does.
    public Task ReadyAsync(int port, CancellationToken cancellationToken) => Readiness.AnswersPingAsync(port, readyLimit, cancellationToken);

    public string Connection(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    public IEnumerable<string> ServiceArguments(string service, Uri proxy) => ["--redis", proxy.Authority, "--bus", "streams"];
}
