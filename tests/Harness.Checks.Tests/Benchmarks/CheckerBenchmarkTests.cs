using Harness.Checks.Benchmarks;
using Harness.Records;

namespace Harness.Checks.Tests.Benchmarks;

public sealed class CheckerBenchmarkTests
{
    [Fact]
    public void Measures_histories_whose_verdict_is_known()
    {
        CheckerMeasurement[] table = [.. CheckerBenchmark.Run(TestContext.Current.CancellationToken)];

        Assert.All(table, row => Assert.Equal(
            row.Name.Contains("wrong", StringComparison.Ordinal) || row.Name.Contains("impossible", StringComparison.Ordinal) ? Verdict.Fail : Verdict.Pass, row.Verdict));
        Assert.All(table, row => Assert.True(row.Elapsed > TimeSpan.Zero));
    }
}
