using Harness.Load.Arrivals;

namespace Harness.Load.Tests.Arrivals;

public sealed class SplitMix64Tests
{
    [Fact]
    public void Gives_the_sequence_that_the_algorithm_is_known_by()
    {
        // The reference values for seed 1234567, as other implementations of SplitMix64 test themselves with.
        var random = new SplitMix64(1234567);

        Assert.Equal(6457827717110365317UL, random.Next());
        Assert.Equal(3203168211198807973UL, random.Next());
        Assert.Equal(9817491932198370423UL, random.Next());
    }

    [Fact]
    public void Seeds_things_of_different_names_differently_and_the_same_name_the_same()
    {
        Assert.Equal(SplitMix64.SeedFor(1, "checkout"), SplitMix64.SeedFor(1, "checkout"));
        Assert.NotEqual(SplitMix64.SeedFor(1, "checkout"), SplitMix64.SeedFor(1, "browse"));
        Assert.NotEqual(SplitMix64.SeedFor(1, "checkout"), SplitMix64.SeedFor(2, "checkout"));
    }

    [Fact]
    public void Draws_exponential_gaps_of_mean_one()
    {
        var random = new SplitMix64(7);
        double sum = 0;
        for (int i = 0; i < 100_000; i++)
            sum += random.NextExponential();

        Assert.InRange(sum / 100_000, 0.98, 1.02);
    }
}
