namespace Harness.Records;

/// <summary>The answer of a check, and of a whole run.</summary>
public enum Verdict
{
    /// <summary>Nothing was proven either way.</summary>
    Unknown,
    Pass,
    Fail,
}

/// <summary>What kind of question was answered.</summary>
public enum ResultKind
{
    /// <summary>A question to the data: its failure stands whatever else went wrong.</summary>
    Check,

    /// <summary>A limit the author set on availability, latency or settling.</summary>
    Expectation,

    /// <summary>Whether the run can prove anything: the generator kept up, every fault was seen on the wire.</summary>
    Validity,
}

/// <summary><c>verdict.json</c>: the answer, and every answer it was made from.</summary>
public sealed record RunVerdict
{
    /// <summary>Of the record that it belongs to.</summary>
    public int FormatVersion { get; init; } = RunDescription.CurrentFormatVersion;

    public required Verdict Verdict { get; init; }

    /// <summary>The verdict and its first reason in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Every answer it was made from.</summary>
    public required IReadOnlyList<CheckResult> Results { get; init; }
}

/// <summary>One answer.</summary>
public sealed record CheckResult
{
    /// <summary>The check's name (<c>money-conserved</c>), or the expectation as written.</summary>
    public required string Name { get; init; }

    public required ResultKind Kind { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Whether it failed as its author predicted, which is why <see cref="Verdict"/> is a pass.</summary>
    public bool FailedAsPredicted { get; init; }

    /// <summary>What was found, in one sentence with its numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>What was counted, each with its unit in its name.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>The few facts that show a failure; null for a pass.</summary>
    public Witness? Witness { get; init; }
}

/// <summary>The smallest evidence of a failure that the check can show.</summary>
/// <param name="Facts">One sentence each, in order.</param>
/// <param name="Operations">The client's operations involved; may be empty.</param>
public sealed record Witness(IReadOnlyList<string> Facts, IReadOnlyList<Operation> Operations);
