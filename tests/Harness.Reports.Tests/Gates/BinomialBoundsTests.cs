using HdrHistogram;
using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

public sealed class BinomialBoundsTests
{
    [Theory]
    [InlineData(9, 10)]
    [InlineData(3, 7)]
    [InlineData(12, 12)]
    public void A_share_at_its_lower_bound_shows_as_many_hits_with_exactly_the_chance_that_is_left(int hits, int count)
    {
        double lower = BinomialBounds.Share(hits, count, 0.95).Lower;

        double chance = Enumerable.Range(hits, count - hits + 1).Sum(h => Choose(count, h) * Math.Pow(lower, h) * Math.Pow(1 - lower, count - h));
        Assert.Equal(0.05, chance, 6);
    }

    [Fact]
    public void A_share_of_none_or_all_is_bounded_on_one_side_only()
    {
        Assert.Equal(0, BinomialBounds.Share(0, 100, 0.95).Lower);
        Assert.Equal(1, BinomialBounds.Share(100, 100, 0.95).Upper);
        // The rule of three.
        Assert.InRange(BinomialBounds.Share(0, 1000, 0.95).Upper, 0.0029, 0.003);
    }

    [Fact]
    public void A_quantile_lies_between_recorded_values_around_it()
    {
        (double lower, double upper) = BinomialBounds.Quantile(UpTo(1000), 0.9m, 0.99);

        // Ranks 900 ± 2.33·√(1000·0.9·0.1).
        Assert.InRange(lower, 872, 881);
        Assert.InRange(upper, 920, 928);
    }

    [Fact]
    public void A_quantile_beyond_what_was_seen_has_no_upper_bound() =>
        Assert.Equal(double.PositiveInfinity, BinomialBounds.Quantile(UpTo(100), 0.99m, 0.99).Upper);

    [Fact]
    public void A_quantile_below_what_was_seen_has_no_lower_bound() =>
        Assert.Equal(0, BinomialBounds.Quantile(UpTo(5), 0.1m, 0.99).Lower);

    private static LongHistogram UpTo(int count)
    {
        var histogram = new LongHistogram(1, 10_000, 4);
        for (int value = 1; value <= count; value++)
            histogram.RecordValue(value);
        return histogram;
    }

    private static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
}
