using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>
/// What every sound run shows on any machine: nothing failed. On a busy one the generator may have lagged, or others had the processors, and then the harness must
/// say <c>unknown</c> for that reason alone: limits on latency and availability prove nothing then, questions to the data still do.
/// </summary>
internal static class Held
{
    public static void Assert(int exitCode, RunRecord record, string output)
    {
        RunVerdict verdict = record.Verdict!;
        bool isProven = verdict.Results.Single(result => result.Name == "generator-kept-up").Verdict == Verdict.Pass;
        foreach (CheckResult result in verdict.Results.Where(result => result.Name != "generator-kept-up"))
        {
            bool excused = result is { Kind: ResultKind.Expectation, Verdict: Verdict.Unknown } && result.Summary.Contains("so this proves nothing", StringComparison.Ordinal);
            Xunit.Assert.True(result.Verdict == Verdict.Pass || excused, output);
            isProven &= !excused;
        }

        Xunit.Assert.Equal(isProven ? (Verdict.Pass, 0) : (Verdict.Unknown, 3), (verdict.Verdict, exitCode));
    }
}
