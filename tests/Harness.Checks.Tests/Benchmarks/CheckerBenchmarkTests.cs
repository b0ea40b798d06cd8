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
}
