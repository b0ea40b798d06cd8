using Harness.Records;

namespace Harness.Checks;

/// <summary>Makes one verdict of many answers.</summary>
internal static class Summing
{
    /// <summary>A failed check is a failure whatever else went wrong: the data is broken. Else a run that can prove nothing is unknown.
    /// Else a
    /// failed expectation is a failure, an unanswered question unknown, and only what is left is a pass.</summary>
    public static RunVerdict Up(IReadOnlyList<CheckResult> results)
    {
        (Verdict verdict, CheckResult? reason) = Decide(results);
        return new RunVerdict { Verdict = verdict, Sentence = Sentence(verdict, reason, results), Results = results };
    }

    private static (Verdict Verdict, CheckResult? Reason) Decide(IReadOnlyList<CheckResult> results)
    {
        if (First(results, ResultKind.Check, Verdict.Fail) is { } broken)
            return (Verdict.Fail, broken);
        if (results.FirstOrDefault(r => r.Kind == ResultKind.Validity && r.Verdict != Verdict.Pass) is { } invalid)
            return (Verdict.Unknown, invalid);
        if (First(results, ResultKind.Expectation, Verdict.Fail) is { } missed)
            return (Verdict.Fail, missed);
        if (results.FirstOrDefault(r => r.Verdict == Verdict.Unknown) is { } open)
            return (Verdict.Unknown, open);
        return (Verdict.Pass, null);
    }

    private static CheckResult? First(IReadOnlyList<CheckResult> results, ResultKind kind, Verdict verdict) =>
        results.FirstOrDefault(result => result.Kind == kind && result.Verdict == verdict);

    private static string Sentence(Verdict verdict, CheckResult? reason, IReadOnlyList<CheckResult> results)
    {
        if (reason is null && results.Where(result => result.FailedAsPredicted).ToList() is [var bitten, ..] predicted)
            return $"Failed as predicted: {bitten.Name}: {bitten.Summary[Predicted.Opening.Length..]}{(predicted.Count > 1 ? $" ({predicted.Count - 1} more below.)" : "")}";
        if (reason is null)
        {
            int checks = results.Count(r => r.Kind == ResultKind.Check);
            int expectations = results.Count(r => r.Kind == ResultKind.Expectation);
            return $"Passed: {Plural.Of(checks, "check")} and {Plural.Of(expectations, "expectation")} held.";
        }

        string opening = (verdict, reason.Kind) switch
        {
            (Verdict.Fail, _) => "Failed",
            (_, ResultKind.Validity) => "Nothing was proven",
            _ => "Unknown",
        };
        int others = results.Count(r => r != reason && r.Verdict == reason.Verdict);
        string more = others > 0 ? $" ({others} more below.)" : "";
        return $"{opening}: {reason.Name}: {reason.Summary}{more}";
    }
}
