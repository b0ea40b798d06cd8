using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

public sealed class SignedRankTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(13)]
    public void Has_the_distribution_that_trying_every_sign_gives(int count)
    {
        int[] seen = new int[(count * (count + 1) / 2) + 1];
        for (int signs = 0; signs < 1 << count; signs++)
            seen[Enumerable.Range(1, count).Where(rank => (signs >> (rank - 1) & 1) == 1).Sum()]++;

        double[] chances = SignedRank.Distribution(count);

        Assert.Equal(seen.Select(times => times / Math.Pow(2, count)), chances, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(4, 0.05, 0)]
    [InlineData(5, 0.05, 1)]
    [InlineData(6, 0.05, 3)]
    [InlineData(10, 0.05, 11)]
    [InlineData(10, 0.01, 6)]
    public void Takes_as_bound_the_last_average_that_keeps_the_level(int count, double alpha, int rank) =>
        Assert.Equal(rank, SignedRank.RankOfBound(count, alpha));

    [Fact]
    public void Estimates_the_middle_of_all_averages()
    {
        SignedRank found = SignedRank.Of([1, 2, 6], 0.2);

        Assert.Equal(2.75, found.Estimate); // averages 1, 1.5, 2, 3.5, 4, 6
        Assert.Equal((1, 6), (found.Lower, found.Upper));
        Assert.Equal(3, found.Count);
    }

    [Fact]
    public void Has_no_bound_when_there_are_too_few_differences()
    {
        SignedRank found = SignedRank.Of([1, 2, 6], 0.01);

        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (found.Lower, found.Upper));
    }

    [Fact]
    public void Misses_the_truth_no_more_often_than_it_says()
    {
        var random = new Random(5);
        int missed = 0;
        for (int trial = 0; trial < 4000; trial++)
        {
            // Heavy tails: a ratio of two normal values has no mean at all.
            double[] differences = [.. Enumerable.Range(0, 12).Select(_ => Math.Tan(Math.PI * (random.NextDouble() - 0.5)))];
            missed += SignedRank.Of(differences, 0.05).Lower > 0 ? 1 : 0;
        }

        Assert.InRange(missed, 100, 240);
    }

    [Fact]
    public void Refuses_to_estimate_from_nothing() => Assert.Throws<ArgumentException>(() => SignedRank.Of([], 0.05));
}
