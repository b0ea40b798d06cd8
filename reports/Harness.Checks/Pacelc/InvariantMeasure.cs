using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>What the quiesced audit says of the data itself.</summary>
/// <param name="Broken">Violations of all checks together, of all orders of the book; never counted as more than there are orders.</param>
/// <param name="Checks">Each check: how often it was violated, and in how many runs it gave no answer.</param>
public sealed record InvariantMeasure(ShareEstimate Broken, IReadOnlyList<InvariantCount> Checks)
{
    public static InvariantMeasure Of(IReadOnlyList<PacelcRun> runs)
    {
        InvariantCount[] checks =
        [
            .. runs.SelectMany(run => run.Invariants).GroupBy(result => result.Name).Select(check => new InvariantCount(
                check.Key,
                check.Sum(Violations),
                check.Count(result => result.Verdict == Verdict.Unknown),
                check.FirstOrDefault(result => result.Verdict == Verdict.Fail)?.Summary)),
        ];
        long orders = runs.Sum(run => (long)(run.Audit?.Orders?.Orders.Count ?? 0));
        return new InvariantMeasure(ShareEstimate.Of(Math.Min(orders, checks.Sum(check => check.Violations)), orders), checks);
    }

    // A check that failed without a count has found at least one.
    private static long Violations(CheckResult result) => result.Verdict != Verdict.Fail ? 0
        : Math.Max(1, (long)result.Numbers.GetValueOrDefault("violations"));
}

/// <summary>One check over all runs of a mode.</summary>
/// <param name="Name">The check's.</param>
/// <param name="Violations">In all runs.</param>
/// <param name="Unanswered">Runs in which it gave no answer.</param>
/// <param name="First">What it found first; null when it found nothing.</param>
public sealed record InvariantCount(string Name, long Violations, long Unanswered, string? First);
