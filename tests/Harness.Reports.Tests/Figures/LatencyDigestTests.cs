using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports.Tests.Figures;

public sealed class LatencyDigestTests
{
    [Fact]
    public void Is_nothing_for_nothing() => Assert.Null(LatencyDigest.Of([]));

    [Theory]
    [InlineData(99, false, false)]
    [InlineData(100, true, false)]
    [InlineData(999, true, false)]
    [InlineData(1000, true, true)]
    public void Leaves_out_a_quantile_above_which_less_than_one_value_lies(int count, bool knowsP99, bool knowsP999)
    {
        LatencyDigest digest = LatencyDigest.Of([Interval(Enumerable.Range(1, count))])!;

        Assert.Equal((knowsP99, knowsP999), (digest.P99 is not null, digest.P999 is not null));
    }

    [Fact]
    public void Takes_quantiles_of_all_intervals_together()
    {
        LatencyDigest digest = LatencyDigest.Of([Interval(Enumerable.Range(1, 50)), Interval(Enumerable.Range(51, 50))])!;

        Assert.Equal((100, 50, 90, 99, 100), (digest.Count, Micros(digest.P50), Micros(digest.P90), Micros(digest.P99), Micros(digest.Max)));
    }

    private static LatencyInterval Interval(IEnumerable<int> microseconds)
    {
        var histogram = SampleRun.Histogram();
        foreach (int value in microseconds)
            histogram.RecordValue(value);
        return new LatencyInterval(new LatencyTag(Phase.Baseline, "s", LatencyTag.Response), TimeSpan.Zero, TimeSpan.FromSeconds(1), histogram);
    }

    private static int Micros(TimeSpan? duration) => (int)duration!.Value.TotalMicroseconds;
}
