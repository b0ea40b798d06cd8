using Harness.Toxiproxy;

namespace Harness.Chaos.Environments;

/// <summary>A system under test that is up. Disposing it takes everything down, whatever state it is in.</summary>
public interface IRunningEnvironment : IAsyncDisposable
{
    /// <summary>Every edge that has a proxy.</summary>
    IReadOnlyList<Edge> Edges { get; }

    /// <summary>The proxies' control API.</summary>
    ToxiproxyClient Proxies { get; }

    /// <summary>Where that control API listens, for other Toxiproxy clients.</summary>
    Uri ProxyApi { get; }

    /// <summary>What that control API wants to hear before a change; null when it wants nothing.</summary>
    string? ProxyToken => null;

    /// <summary>What the proxy of an edge is called there.</summary>
    string ProxyOf(Edge edge) => edge.ToString();

    /// <summary>Whether the proxies live on when this process ends, so that what is put on them must be a lease.</summary>
    bool ProxiesOutliveUs => false;

    IReadOnlyList<RunningService> Services { get; }

    /// <summary>What the services want to hear before they let anything be put wrong inside them; null where nothing can be.</summary>
    string? ChaosToken => null;

    /// <summary>Services and stores that are processes of this machine; empty where they are not.</summary>
    IReadOnlyList<IRunningPart> Parts => [];

    /// <summary>The stores that this run owns, and that faults may therefore change; empty where they are somebody's.</summary>
    IReadOnlyList<RunningStore> Stores => [];

    /// <summary>What runs beside the services and has health and metrics, but no ledger and no clients; empty for nothing.</summary>
    IReadOnlyList<RunningService> Sidecars => [];
}

/// <summary>A service of the system under test.</summary>
/// <param name="Name"><c>orders</c>, <c>payments</c> or <c>inventory</c>.</param>
/// <param name="Direct">Past every proxy: for health, metrics and audits, which no fault may touch.</param>
/// <param name="ForClients">Through the proxy of <c>client -> name</c>: where load goes.</param>
public sealed record RunningService(string Name, Uri Direct, Uri ForClients);

/// <summary>A store that belongs to the run.</summary>
/// <param name="Name"><c>redis</c> or <c>postgres</c>.</param>
/// <param name="Connection">Past every proxy, as the client library for it reads it; for PostgreSQL without a database. Holds secrets.</param>
public sealed record RunningStore(string Name, string Connection);
