using Harness.Chaos.Environments;

namespace Harness.Chaos.Benchmarks;

/// <summary>What to measure of the order system, and where.</summary>
public sealed record TargetBenchOptions
{
    public required IEnvironmentKind Environment { get; init; }

    /// <inheritdoc cref="EnvironmentRequest.TargetCommand"/>
    public required IReadOnlyList<string> TargetCommand { get; init; }

    /// <inheritdoc cref="EnvironmentRequest.StoreCommand"/>
    public required IReadOnlyList<string> StoreCommand { get; init; }

    /// <summary>Only the rows with this in their name; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>What is wrong with it, each with the value seen and the nearest name.</summary>
    public IEnumerable<string> Problems()
    {
        if (Only is not null && !TargetBench.Names.Any(Wants))
            yield return $"no row is called '{Only}'; {Experiments.NearestName.Hint(Only, TargetBench.Names)}";
        foreach (string missing in Environment.Missing(TargetCommand))
            yield return missing;
    }

    internal bool Wants(string name) => Only is null || name.Contains(Only, StringComparison.OrdinalIgnoreCase);

    internal bool WantsAnyOf(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Wants(name))
                return true;
        }

        return false;
    }
}

/// <summary>One number about the order system.</summary>
/// <param name="Name">What <c>--only</c> picks it by.</param>
/// <param name="Value">In <paramref name="Unit"/>.</param>
/// <param name="Unit">As a page prints it; a ratio has <c>ratio</c>.</param>
/// <param name="Goal">The bound; null when none is promised.</param>
/// <param name="AtLeast">Whether the goal is a lower bound.</param>
/// <param name="Detail">How it came about, in a sentence.</param>
public sealed record TargetBenchRow(string Name, double Value, string Unit, double? Goal, bool AtLeast, string Detail)
{
    /// <summary>Null without a goal.</summary>
    public bool? Met => Goal is not { } goal ? null : AtLeast ? Value >= goal : Value <= goal;
}
