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

    public required bool Json { get; init; }
}
