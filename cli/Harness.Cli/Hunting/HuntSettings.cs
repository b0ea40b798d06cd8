using Harness.Cli.Running;

namespace Harness.Cli.Hunting;

/// <summary>What is to be hunted, and how patiently.</summary>
internal sealed record HuntSettings
{
    /// <summary>Names of bugs; empty for all of them, null for none.</summary>
    public IReadOnlyList<string>? Bugs { get; init; } = [];

    /// <value>Runs without a bug, the experiments that ship in turn; from 0 to 10 000. Default 0.</value>
    public int Clean { get; init; }

    /// <value>How often a bug's experiment is run until it is found; from 1 to 100. Default 3.</value>
    public int RunsMax { get; init; } = 3;

    /// <summary>How each experiment is run.</summary>
    public required RunSettings Run { get; init; }

    /// <summary>The file beside the records that programs read.</summary>
    public string JsonFile => Path.Combine(Run.RunsFolder, "hunt.json");

    /// <summary>The file beside the records that people read.</summary>
    public string MarkdownFile => Path.Combine(Run.RunsFolder, "hunt.md");
}
