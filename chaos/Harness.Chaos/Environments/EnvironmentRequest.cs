namespace Harness.Chaos.Environments;

/// <summary>What an environment needs to know to start.</summary>
public sealed record EnvironmentRequest
{
    /// <summary>The command that starts the order system, one word an entry.</summary>
    public required IReadOnlyList<string> TargetCommand { get; init; }

    /// <summary>The command that starts a store in a process of its own: <see cref="GarnetStore"/> with <c>--port</c>, a container with more.</summary>
    public required IReadOnlyList<string> StoreCommand { get; init; }

    /// <summary>The run record's name: what is made outside of this machine's processes carries it.</summary>
    /// <value>Default <c>unrecorded</c>.</value>
    public string Run { get; init; } = "unrecorded";

    /// <summary>The switches of the order system, by name; passed on as <c>--name value</c>.</summary>
    public IReadOnlyDictionary<string, string> Switches { get; init; } = new Dictionary<string, string>();

    /// <summary>Seeds what the proxies draw.</summary>
    public required int Seed { get; init; }

    /// <summary>The port of the proxies' control API; 0 for any free one.</summary>
    public int ProxyApiPort { get; init; }

    /// <summary>Whether services reach each other and their stores past the proxies, which are there all the same: to measure what those cost.</summary>
    public bool PastProxies { get; init; }

    /// <summary>Told of every process that ended although nobody stopped it.</summary>
    public required Action<ChildProcess> Exited { get; init; }

    /// <summary>The file that a process's output goes to.</summary>
    public required Func<string, string> LogFile { get; init; }
}
