using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>
/// What every sound run shows on any machine: nothing failed. On a busy one the generator may have lagged, and then the harness must say
/// <c>unknown</c> for that reason and no other.
/// </summary>
internal static class Held
{
    public static void Assert(int exitCode, RunRecord record, string output)
    {
        RunVerdict verdict = record.Verdict!;
        CheckResult[] others = [.. verdict.Results.Where(result => result.Name != "generator-kept-up")];
        Xunit.Assert.True(others.All(result => result.Verdict == Verdict.Pass), output);
        bool keptUp = verdict.Results.Single(result => result.Name == "generator-kept-up").Verdict == Verdict.Pass;
        Xunit.Assert.Equal(keptUp ? (Verdict.Pass, 0) : (Verdict.Unknown, 3), (verdict.Verdict, exitCode));
    }
}
