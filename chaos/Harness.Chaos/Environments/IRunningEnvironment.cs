using Harness.Toxiproxy;

namespace Harness.Chaos.Environments;

/// <summary>A system under test that is up. Disposing it takes everything down, whatever state it is in.</summary>
public interface IRunningEnvironment : IAsyncDisposable
{
    /// <summary>Every edge; <see cref="Edge.ToString"/> is the name of its proxy.</summary>
    IReadOnlyList<Edge> Edges { get; }

    /// <summary>The proxies' control API.</summary>
    ToxiproxyClient Proxies { get; }

    /// <summary>Where that control API listens, for other Toxiproxy clients.</summary>
    Uri ProxyApi { get; }

    /// <summary>Whether the proxies live on when this process ends, so that what is put on them must be a lease.</summary>
    bool ProxiesOutliveUs => false;

    IReadOnlyList<RunningService> Services { get; }

    /// <summary>Services and stores that are processes of this machine; empty where they are not.</summary>
    IReadOnlyList<IRunningPart> Parts => [];

    /// <summary>What runs beside the services and has health and metrics, but no ledger and no clients; empty for nothing.</summary>
    IReadOnlyList<RunningService> Sidecars => [];
}

/// <summary>A service of the system under test.</summary>
/// <param name="Name"><c>orders</c>, <c>payments</c> or <c>inventory</c>.</param>
/// <param name="Direct">Past every proxy: for health, metrics and audits, which no fault may touch.</param>
/// <param name="ForClients">Through the proxy of <c>client -> name</c>: where load goes.</param>
public sealed record RunningService(string Name, Uri Direct, Uri ForClients);
