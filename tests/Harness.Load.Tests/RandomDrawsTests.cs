using Harness.Load.Arrivals;

namespace Harness.Load.Tests;

public sealed class RandomDrawsTests
{
    [Theory]
    [InlineData(1, 1.1)]
    [InlineData(3, 1.0)]
    [InlineData(100, 1.1)]
    [InlineData(20, 0.5)]
    [InlineData(50, 2.5)]
    public void Draws_ranks_in_proportion_to_their_popularity(int n, double s)
    {
        const int Draws = 100_000;
        var random = new SeededRandom(3);
        int[] counts = new int[n + 1];
        for (int i = 0; i < Draws; i++)
            counts[random.Zipf(n, s)]++;

        double whole = Enumerable.Range(1, n).Sum(rank => Math.Pow(rank, -s));
        for (int rank = 1; rank <= n; rank++)
        {
            double expected = Draws * Math.Pow(rank, -s) / whole;
            // Five standard deviations of a binomial count.
            Assert.InRange(counts[rank], expected - 5 * Math.Sqrt(expected) - 1, expected + 5 * Math.Sqrt(expected) + 1);
        }
    }

    [Fact]
    public void Chooses_in_proportion_to_weight_and_never_what_weighs_nothing()
    {
        var random = new SeededRandom(3);
        string[] chosen = [.. Enumerable.Range(0, 10_000).Select(_ => random.Choice(("a", 1), ("never", 0), ("b", 3)))];

        Assert.InRange(chosen.Count(item => item == "b"), 7_200, 7_800);
        Assert.DoesNotContain("never", chosen);
        Assert.Throws<ArgumentException>(() => random.Choice(("a", -1)));
        Assert.Throws<ArgumentException>(() => random.Choice(("a", 0)));
    }

    [Fact]
    public void Draws_the_same_for_an_iteration_in_every_run()
    {
        var random = new SeededRandom(1);
        int first = random.Next(1000);
        random.Reseed(1);

        Assert.Equal(first, random.Next(1000));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.Next(-5, 5), -5, 4));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.NextSingle(), 0f, 0.99999994f));
        byte[] bytes = new byte[11];
        random.NextBytes(bytes);
        Assert.True(bytes.Distinct().Count() > 3);
    }
}
