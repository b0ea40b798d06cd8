using Harness.Checks.Benchmarks;
using Harness.Records;

namespace Harness.Checks.Tests.Benchmarks;

public sealed class CheckerBenchmarkTests
{
    [Fact]
    public void Measures_what_it_says_and_gets_the_right_verdict()
    {
        CheckerMeasurement[] table = [.. CheckerBenchmark.Run(TestContext.Current.CancellationToken).Take(2)];

        Assert.All(table, row => Assert.Equal(
            row.Name.Contains("wrong", StringComparison.Ordinal) || row.Name.Contains("impossible", StringComparison.Ordinal) ? Verdict.Fail : Verdict.Pass, row.Verdict));
        Assert.All(table, row => Assert.True(row.Elapsed > TimeSpan.Zero));
    }

    [Fact]
    public void Measures_every_check_of_a_run_in_which_nothing_went_wrong()
    {
        CheckerMeasurement measured = CheckerBenchmark.MeasureRun("run", 2_000);

        Assert.Equal((2_000, Verdict.Pass), (measured.Operations, measured.Verdict));
    }
}
