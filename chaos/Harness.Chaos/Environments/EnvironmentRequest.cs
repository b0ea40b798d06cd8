namespace Harness.Chaos.Environments;

/// <summary>What an environment needs to know to start.</summary>
public sealed record EnvironmentRequest
{
    /// <summary>The command that starts the order system, one word an entry.</summary>
    public required IReadOnlyList<string> TargetCommand { get; init; }

    /// <summary>The command that starts <see cref="GarnetStore"/> in a process of its own; <c>--port</c> and the port are appended.</summary>
    public required IReadOnlyList<string> StoreCommand { get; init; }

    /// <summary>The switches of the order system, by name; passed on as <c>--name value</c>.</summary>
    public IReadOnlyDictionary<string, string> Switches { get; init; } = new Dictionary<string, string>();

    /// <summary>Seeds what the proxies draw.</summary>
    public required int Seed { get; init; }

    /// <summary>The port of the proxies' control API; 0 for any free one.</summary>
    public int ProxyApiPort { get; init; }

    /// <summary>Told of every process that ended although nobody stopped it.</summary>
    public required Action<ChildProcess> Exited { get; init; }

    /// <summary>The file that a process's output goes to.</summary>
    public required Func<string, string> LogFile { get; init; }
}
