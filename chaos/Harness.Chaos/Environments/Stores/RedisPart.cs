using System.Globalization;

namespace Harness.Chaos.Environments.Stores;

/// <summary>The machine's own redis-server, empty, with its append-only file on so that what the bus holds outlives a crash of the server.</summary>
internal sealed class RedisPart : IStorePart
{
    internal const string Program = "redis-server";

    public string Name => "redis";

    public Task<IReadOnlyList<string>> PrepareAsync(int port, string folder, EnvironmentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(HeldProgram.Command(
        [
            Program, "--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder,
            "--save", "", "--appendonly", "yes", "--daemonize", "no",
            // How often a key is read is counted, so that a fault can take the hottest; without a limit of memory nothing is ever evicted.
            "--maxmemory-policy", "volatile-lfu",
        ]));

    // It listens before it has read what it kept.
    public Task ReadyAsync(int port, CancellationToken cancellationToken) => Readiness.AnswersPingAsync(port, Readiness.Limit, cancellationToken);

    public string Connection(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    public IEnumerable<string> ServiceArguments(string service, Uri proxy) => ["--redis", proxy.Authority, "--bus", "streams"];
}
