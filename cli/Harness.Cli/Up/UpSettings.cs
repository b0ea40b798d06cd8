using Harness.Chaos.Environments;

namespace Harness.Cli.Up;

/// <summary>What is to be kept up.</summary>
internal sealed record UpSettings
{
    public required string Environment { get; init; }

    /// <summary>What the environment is told.</summary>
    public EnvironmentSettings At { get; init; } = new();

    /// <summary>As they were written, <c>name=value</c>.</summary>
    public required IReadOnlyList<string> Switches { get; init; }

    public required int Seed { get; init; }

    public required int ProxyApiPort { get; init; }

    public required string RunsFolder { get; init; }

    /// <summary>The port of the control API and its page; 0 for any free one.</summary>
    public required int ControlPort { get; init; }

    /// <summary>Orders a second from the start, as they were written; null for none.</summary>
    public string? Load { get; init; }

    /// <summary>Whether to show the page.</summary>
    public bool Open { get; init; }

    public required bool Json { get; init; }
}
