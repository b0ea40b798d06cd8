using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Tests.Toxics;

public sealed class SplitMixRandomTests
{
    [Fact]
    public void A_seed_gives_the_same_sequence_for_ever()
    {
        // The first outputs of the published algorithm for seed 0, over 2^11 and scaled.
        var random = new SplitMixRandom(0);

        Assert.Equal((0xE220A8397B1DCDAFUL >> 11) * (1.0 / (1UL << 53)), random.NextDouble());
        Assert.Equal((0x6E789E6AA1B965F4UL >> 11) * (1.0 / (1UL << 53)), random.NextDouble());
    }

    [Fact]
    public void Draws_are_uniform()
    {
        var random = new SplitMixRandom(1);
        int[] counts = new int[10];
        for (int i = 0; i < 100_000; i++)
            counts[random.NextInt64(0, 10)]++;

        // Standard deviation 95.
        Assert.All(counts, count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void The_widest_range_does_not_overflow()
    {
        var random = new SplitMixRandom(2);

        Assert.All(Enumerable.Range(0, 1000), _ => Assert.InRange(random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue - 1));
    }
}
