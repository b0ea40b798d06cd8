using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary><c>pacelc.json</c>: what each mode did with and without the cut, what they trade against each other, and what each of them chose.</summary>
public sealed record Scorecard
{
    /// <summary>Readers should refuse a newer one than they know.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>Of this shape.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    public required PacelcDesign Design { get; init; }

    /// <summary>In the order in which they were asked for.</summary>
    public required IReadOnlyList<ModeScore> Modes { get; init; }

    /// <summary>Each mode against the first.</summary>
    public required IReadOnlyList<ExchangeRate> Rates { get; init; }

    /// <summary>One a mode, in the same order.</summary>
    public required IReadOnlyList<ModeLabel> Labels { get; init; }

    /// <summary>A failure is a defect of a mode; unknown means that of some mode nothing was proven under the cut.</summary>
    public Verdict Verdict => Labels.Any(label => label.Defects.Count > 0) ? Verdict.Fail
        : Labels.Any(label => label.UnderPartition == Choice.Undecided) ? Verdict.Unknown
        : Verdict.Pass;

    public static Scorecard Of(PacelcDesign design, IReadOnlyList<ModeScore> modes) => new()
    {
        Design = design,
        Modes = modes,
        Rates = [.. modes.Skip(1).Select(mode => ExchangeRate.Of(modes[0], mode))],
        Labels = [.. modes.Select(mode => Checks.Pacelc.Labels.Of(mode, [.. modes.Where(other => other != mode)], design.MajoritySides))],
    };
}

/// <summary>What was done to every mode alike.</summary>
public sealed record PacelcDesign
{
    /// <summary>Where services and stores came from.</summary>
    public required string Environment { get; init; }

    /// <summary>The cut's name, <c>redis</c>.</summary>
    public required string Cut { get; init; }

    /// <summary>The cut as groups, <c>[redis] | [orders, payments, inventory]</c>.</summary>
    public required string Groups { get; init; }

    /// <summary>Sides that the cut left with most of the system.</summary>
    public required IReadOnlyList<string> MajoritySides { get; init; }

    /// <summary>How often each mode was run.</summary>
    public required int Rounds { get; init; }

    /// <summary>Of the first round; each further round has the next. All modes of a round have the same arrivals.</summary>
    public required int Seed { get; init; }

    /// <summary>The command that repeats it.</summary>
    public required string Command { get; init; }

    /// <summary>Which harness measured.</summary>
    public required string HarnessVersion { get; init; }

    /// <summary>What it was built from; null outside a repository.</summary>
    public string? Commit { get; init; }

    /// <summary>When the first run began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>In the order in which they were run: mode and round, counted from 1.</summary>
    public IReadOnlyList<string> Order { get; init; } = [];

    /// <summary>How long N, P and H lasted.</summary>
    public required TimeSpan Normal { get; init; }

    /// <inheritdoc cref="Normal"/>
    public required TimeSpan Partition { get; init; }

    /// <inheritdoc cref="Normal"/>
    public required TimeSpan Healing { get; init; }
}
