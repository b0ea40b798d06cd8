namespace Harness.Scenarios.Tests;

public sealed class ZipfTests
{
    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(0.5, 5)]
    [InlineData(0.999999, 100)]
    public void Finds_the_rank_at_a_share_of_the_distribution(double share, int rank) =>
        Assert.Equal(rank, new Zipf(100, 1.1).Draw(new Fixed(share)));

    [Fact]
    public void Draws_each_rank_in_proportion_to_its_popularity()
    {
        var zipf = new Zipf(100, 1.1);
        var random = new Load.Arrivals.SeededRandom(5);
        int[] counts = new int[101];
        for (int i = 0; i < 100_000; i++)
            counts[zipf.Draw(random)]++;

        double whole = Enumerable.Range(1, 100).Sum(rank => Math.Pow(rank, -1.1));
        Assert.InRange(counts[1] * whole / 100_000, 0.96, 1.04);
        Assert.InRange(counts[2] * whole / 100_000, Math.Pow(2, -1.1) * 0.94, Math.Pow(2, -1.1) * 1.06);
        Assert.Equal(0, counts[0]);
    }

    private sealed class Fixed(double value) : Random
    {
        public override double NextDouble() => value;
    }
}
