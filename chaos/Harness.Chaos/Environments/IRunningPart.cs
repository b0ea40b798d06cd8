namespace Harness.Chaos.Environments;

/// <summary>A service or store that runs as processes of this machine, which faults may stop, end and start again.</summary>
public interface IRunningPart
{
    /// <summary><c>payments</c>, <c>redis</c>.</summary>
    string Name { get; }

    /// <summary>Its processes now, parents before children; empty while it is down.</summary>
    IReadOnlyList<int> Processes { get; }

    /// <summary>Ends it at once, as a crash does: nothing is said, flushed or cleaned up.</summary>
    /// <returns>How many processes were ended.</returns>
    Task<int> KillAsync();

    /// <summary>Asks it to end, as a deployment does, and waits for that.</summary>
    /// <returns>How many processes ended.</returns>
    Task<int> StopAsync();

    /// <summary>Starts it again with the same command on the same port, and waits until it answers; does nothing when it runs.</summary>
    Task StartAsync(CancellationToken cancellationToken);
}
