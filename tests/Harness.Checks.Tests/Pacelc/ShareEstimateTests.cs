using Harness.Checks.Pacelc;

namespace Harness.Checks.Tests.Pacelc;

public sealed class ShareEstimateTests
{
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]   // Newcombe 1998, table I, method 3
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Has_the_bounds_of_the_published_table(long hits, long count, double lower, double upper)
    {
        ShareEstimate found = ShareEstimate.Of(hits, count);

        Assert.Equal(lower, found.Lower, 0.0001);
        Assert.Equal(upper, found.Upper, 0.0001);
    }

    [Fact]
    public void Is_wider_when_requests_fail_together()
    {
        (long, long)[] together = [.. Enumerable.Range(0, 20).Select(second => (second < 10 ? 100L : 0L, 100L))];
        ShareEstimate found = ShareEstimate.Of(together);
        ShareEstimate alone = ShareEstimate.Of(1000, 2000);

        Assert.Equal(0.5, found.Ratio);
        Assert.InRange(found.Lower, 0.2, alone.Lower - 0.1);
        Assert.InRange(found.Upper, alone.Upper + 0.1, 0.8);
    }

    [Fact]
    public void Is_never_narrower_than_independent_requests_allow()
    {
        (long, long)[] alike = [.. Enumerable.Repeat((50L, 100L), 20)];

        Assert.Equal(ShareEstimate.Of(1000, 2000), ShareEstimate.Of(alike));
    }

    [Fact]
    public void Says_how_little_nothing_observed_shows()
    {
        Assert.Equal("0 of 812, < 3/812 at 95 %", ShareEstimate.Of(0, 812).Counted);
        Assert.Equal("3 of 812", ShareEstimate.Of(3, 812).Counted);
        Assert.Equal("0 of 0", ShareEstimate.Nothing.Counted);
    }

    [Theory]
    [InlineData(56, 70, 48, 80, 0.2, 0.0524, 0.3339)]   // Newcombe 1998 (II), table II, method 10
    [InlineData(9, 10, 3, 10, 0.6, 0.1705, 0.8090)]
    [InlineData(10, 10, 0, 10, 1.0, 0.6075, 1.0)]
    public void Differs_by_the_published_interval(long a, long m, long b, long n, double difference, double lower, double upper)
    {
        Difference found = ShareEstimate.Of(a, m).Minus(ShareEstimate.Of(b, n));

        Assert.Equal(difference, found.Estimate, 0.0001);
        Assert.Equal(lower, found.Lower, 0.0001);
        Assert.Equal(upper, found.Upper, 0.0001);
    }

    [Fact]
    public void Knows_nothing_of_what_was_never_asked() =>
        Assert.Equal(new Difference(0, -1, 1), ShareEstimate.Nothing.Minus(ShareEstimate.Of(1, 2)));
}
