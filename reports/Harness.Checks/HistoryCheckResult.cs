using Harness.Records;

namespace Harness.Checks;

/// <summary>What <see cref="HistoryCheck"/> says of a history.</summary>
public sealed record HistoryCheckResult
{
    /// <summary>What it was taken for a history of.</summary>
    public required string Model { get; init; }

    /// <summary>The format that the file was read as.</summary>
    public required string Format { get; init; }

    /// <summary>How many were read.</summary>
    public required int Operations { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary><c>ok</c>, <c>illegal</c> or <c>unknown</c>: the verdict as checkers of histories print it.</summary>
    public string Word => Verdict switch { Verdict.Pass => "ok", Verdict.Fail => "illegal", _ => "unknown" };

    /// <summary>What was found, in one sentence with its numbers.</summary>
    public required string Summary { get; init; }

    /// <summary>What was counted, each with its unit in its name.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = new Dictionary<string, double>();

    /// <summary>Shows an illegal history; null otherwise.</summary>
    public Witness? Witness { get; init; }
}
