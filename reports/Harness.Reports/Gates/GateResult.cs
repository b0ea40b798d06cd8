using Harness.Records;

namespace Harness.Reports.Gates;

/// <summary>Which layer of a gate a result comes from.</summary>
public enum GateLayer
{
    /// <summary>Whether the gate can say anything at all.</summary>
    Validity,
    Exact,
    Absolute,
    Relative,

    /// <summary>Against earlier runs; warns and never fails.</summary>
    History,
}

/// <summary>What one rule found.</summary>
public sealed record GateResult
{
    public required GateLayer Layer { get; init; }

    /// <summary>The rule's text.</summary>
    public required string Rule { get; init; }

    /// <summary>Its line in the gate file, from 1; 0 when it has none.</summary>
    public long Line { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>What was found, in one sentence with its numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>In the metric's unit; for a relative rule the ratio of change, 0.1 for 10 % worse. Null when nothing was measured.</summary>
    public double? Estimate { get; init; }

    /// <summary>Null when there is no bound.</summary>
    public double? Lower { get; init; }

    /// <summary>Null when there is no bound.</summary>
    public double? Upper { get; init; }

    /// <summary>Rounds, requests or runs that it rests on.</summary>
    public long Count { get; init; }
}

/// <summary>What a gate found, rule by rule.</summary>
public sealed record GateOutcome
{
    public const int CurrentFormatVersion = 1;

    /// <summary>Of this shape.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>As the file calls it.</summary>
    public required string Gate { get; init; }

    /// <summary>The gate file.</summary>
    public required string File { get; init; }

    /// <summary>The command that repeats it.</summary>
    public required string Command { get; init; }

    /// <summary>One for each rule, and for whether the gate can say anything at all.</summary>
    public required IReadOnlyList<GateResult> Results { get; init; }

    /// <summary>Invalid wins over everything relative; a red that is exact or absolute stands.</summary>
    public Verdict Verdict
    {
        get
        {
            GateResult[] counted = [.. Results.Where(result => result.Layer != GateLayer.History)];
            if (counted.Any(result => result.Verdict == Verdict.Fail && result.Layer != GateLayer.Validity))
                return Verdict.Fail;
            return counted.Length > 0 && counted.All(result => result.Verdict == Verdict.Pass) ? Verdict.Pass : Verdict.Unknown;
        }
    }
}
