using Harness.Checks.Pacelc;
using static Harness.Checks.Tests.Pacelc.HandMade;

namespace Harness.Checks.Tests.Pacelc;

public sealed class ExchangeRateTests
{
    [Fact]
    public void Says_what_availability_costs_in_stale_reads()
    {
        // Of 2000 requests in P (1000 orders, 500 writes, 500 reads) strong refuses 400: 20 points. Of 1500 reads weak has 100 stale.
        ExchangeRate rate = ExchangeRate.Of(Score("strong", Load(60, 0)), Score("weak", Load(100, 5)));

        Assert.Equal(20, rate.AvailabilityPoints.Estimate, 0.001);
        Assert.True(rate.AvailabilityPoints.IsMore);
        Assert.Equal(1000 * 100 / 1500.0, rate.StalePer1000Partition.Estimate, 0.001);
        Assert.True(rate.StalePer1000Partition.IsMore);
        Assert.StartsWith("Under the cut weak has +20.0 (", rate.Sentences[0], StringComparison.Ordinal);
        Assert.Contains("+66.7 (", rate.Sentences[0], StringComparison.Ordinal);
        Assert.Contains("no broken invariants", rate.Sentences[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_latency_costs_in_stale_reads()
    {
        ExchangeRate rate = ExchangeRate.Of(Score("strong", Load(100, 0, readTook: 0.005)), Score("weak", Load(100, 0, staleInNormal: 1, readTook: 0.001)));

        Assert.Equal(4, rate.ReadP99Milliseconds!.Estimate, 0.01);
        Assert.Equal(20, rate.StalePer1000Normal.Estimate, 0.001);
        Assert.Contains("saves +4.00 (+4.00 to +4.00) ms of p99", rate.Sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_compare_what_was_not_measured()
    {
        ExchangeRate rate = ExchangeRate.Of(Score("strong", Run(Read(1, 1))), Score("weak", Run(Read(1, 1))));

        Assert.Null(rate.ReadP99Milliseconds);
        Assert.Contains("too few reads", rate.Sentences[1], StringComparison.Ordinal);
    }
}
