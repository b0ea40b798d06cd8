using Harness.Chaos.Conducting;
using Harness.Cli.Running;
using Harness.Records;

namespace Harness.Cli.Tests.Running;

public sealed class RunResultTests
{
    [Theory]
    [InlineData(RunStatus.Completed, Verdict.Pass, 0)]
    [InlineData(RunStatus.Completed, Verdict.Fail, 1)]
    [InlineData(RunStatus.Completed, Verdict.Unknown, 3)]
    [InlineData(RunStatus.Failed, Verdict.Unknown, 3)]
    [InlineData(RunStatus.Failed, Verdict.Fail, 1)]
    [InlineData(RunStatus.Stopped, Verdict.Pass, 4)]
    [InlineData(RunStatus.Stopped, Verdict.Unknown, 4)]
    [InlineData(RunStatus.Stopped, Verdict.Fail, 1)]
    [InlineData(RunStatus.Interrupted, Verdict.Unknown, 130)]
    [InlineData(RunStatus.Interrupted, Verdict.Fail, 130)]
    public void Ends_with_the_code_that_says_most(RunStatus status, Verdict verdict, int expected)
    {
        var result = new RunResult(
            new RunOutcome(status, "runs/x", null), new RunVerdict { Verdict = verdict, Sentence = "", Results = [] }, Samples.Description);

        Assert.Equal(expected, result.ExitCode);
    }
}
