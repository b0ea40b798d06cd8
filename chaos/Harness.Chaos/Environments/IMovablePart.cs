namespace Harness.Chaos.Environments;

/// <summary>
/// A service whose place may change while the run lasts: where it listens, and how often it runs. Whoever calls it goes through proxies, and those
/// lead to where it was until they are told; they stand for what clients know from a resolver, a registry or a file.
/// </summary>
public interface IMovablePart : IRunningPart
{
    /// <summary>Asks it to end and starts it on another port. Nobody is told.</summary>
    Task MoveAsync(CancellationToken cancellationToken);

    /// <summary>Starts another instance of it beside those that run, on the same data. Nobody is told.</summary>
    Task AddAsync(CancellationToken cancellationToken);

    /// <summary>Leads all edges to where it runs now; among several instances, connections are dealt out in turn.</summary>
    Task AnnounceAsync(CancellationToken cancellationToken);

    /// <summary>The first instance is at its first port again, and all edges know.</summary>
    Task ReturnAsync(CancellationToken cancellationToken);

    /// <summary>All edges lead to the first instance, and then those beside it are asked to end.</summary>
    Task LeaveAsync(CancellationToken cancellationToken);

    /// <summary>What happened on the edges to it and behind them so far.</summary>
    Task<TopologyCounts> CountAsync(CancellationToken cancellationToken);
}

/// <summary>What became of connections because a service was elsewhere.</summary>
/// <param name="Missed">Connections that found nobody where the service had been.</param>
/// <param name="Cut">Open connections that ended because an edge was led elsewhere.</param>
/// <param name="Dealt">Connections that an instance beside the first one got.</param>
public sealed record TopologyCounts(long Missed, long Cut, long Dealt);
