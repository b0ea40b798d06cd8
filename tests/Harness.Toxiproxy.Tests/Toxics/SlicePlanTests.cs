using CsCheck;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Tests.Toxics;

public sealed class SlicePlanTests
{
    [Fact]
    public void Pieces_are_positive_and_add_up_whatever_the_values() =>
        Gen.Select(Gen.Int[1, 40_000], Gen.Long, Gen.Long, Gen.Int).Sample((length, average, variation, seed) =>
        {
            int[] pieces = Cut(length, average, variation, seed);
            return pieces.All(p => p > 0) && pieces.Sum() == length;
        });

    [Fact]
    public void An_average_of_one_cuts_single_bytes() => Assert.All(Cut(1000, 1, 0, 1), p => Assert.Equal(1, p));

    [Fact]
    public void An_average_of_zero_cuts_nothing() => Assert.Equal([1000], Cut(1000, 0, 0, 1));

    [Fact]
    public void A_chunk_up_to_average_plus_variation_stays_whole() => Assert.Equal([1500], Cut(1500, 1000, 500, 1));

    [Fact]
    public void Pieces_are_around_the_average()
    {
        // As the original's own test has it: 480 kB at 1024 ± 512.
        int count = Enumerable.Range(0, 15).Sum(i => Cut(32_000, 1024, 512, i).Length);

        Assert.InRange(count, 240, 720);
    }

    private static int[] Cut(int length, long average, long variation, int seed)
    {
        var pieces = new Stack<int>();
        new SlicePlan(average, variation).Cut(length, new SplitMixRandom((ulong)seed), pieces);
        return [.. pieces];
    }
}
