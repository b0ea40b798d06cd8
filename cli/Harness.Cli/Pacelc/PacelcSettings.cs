namespace Harness.Cli.Pacelc;

/// <summary>What the user asked for.</summary>
internal sealed record PacelcSettings
{
    public required string Environment { get; init; }

    public required int Rounds { get; init; }

    /// <summary>As written, <c>strong,weak</c>.</summary>
    public required string Modes { get; init; }

    /// <summary>Changes of a mode's switches as written, <c>strong.bug=oversell-race</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    public required string Cut { get; init; }

    /// <summary>As written, <c>15s</c>.</summary>
    public required string Normal { get; init; }

    /// <inheritdoc cref="Normal"/>
    public required string Partition { get; init; }

    /// <inheritdoc cref="Normal"/>
    public required string Healing { get; init; }

    public required int Seed { get; init; }

    public required string Out { get; init; }

    public bool Json { get; init; }

    /// <summary>Whether to show the page in a browser.</summary>
    public bool Open { get; init; }

    /// <summary>The command that repeats it.</summary>
    public string Command => string.Join(' ',
    [
        "./harness pacelc --env", Environment, "--modes", Modes, "--rounds", $"{Rounds}", "--cut", Cut,
        "--normal", Normal, "--partition", Partition, "--heal", Healing, "--seed", $"{Seed}", .. Set.Select(set => $"--set {set}"),
    ]);
}
