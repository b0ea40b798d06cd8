using Harness.Chaos.Environments;

namespace Harness.Chaos.Conducting;

/// <summary>An environment that is wanted for as long as somebody wants it, with load and faults by hand.</summary>
public sealed record UpRequest
{
    /// <summary>What its record calls itself.</summary>
    public const string RecordName = "up";

    public required IEnvironmentKind Environment { get; init; }

    /// <summary>The command that starts the order system, one word an entry.</summary>
    public required IReadOnlyList<string> TargetCommand { get; init; }

    /// <summary>The command that starts a store, one word an entry; see <see cref="EnvironmentRequest.StoreCommand"/>.</summary>
    public required IReadOnlyList<string> StoreCommand { get; init; }

    /// <summary>Makes what load does, when somebody wants some.</summary>
    public required ScenarioFactory Scenarios { get; init; }

    /// <summary>The switches of the order system, by name.</summary>
    public IReadOnlyDictionary<string, string> Switches { get; init; } = new Dictionary<string, string>();

    /// <summary>Seeds what the proxies draw and what the services make up.</summary>
    public required int Seed { get; init; }

    /// <summary>The folder that records go into.</summary>
    public required string RunsFolder { get; init; }

    /// <summary>The command that repeats this, for the record.</summary>
    public required string Command { get; init; }

    public required string HarnessVersion { get; init; }

    public string? Commit { get; init; }

    /// <summary>The port of the proxies' control API; 0 for any free one.</summary>
    public int ProxyApiPort { get; init; }
}
