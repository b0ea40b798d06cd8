using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

public sealed class ChangePointTests
{
    [Fact]
    public void Finds_where_a_level_rose()
    {
        ChangePoint? found = ChangePoint.Find([.. Noisy(25, 100), .. Noisy(12, 115)]);

        Assert.NotNull(found);
        Assert.InRange(found.Index, 24, 26);
        Assert.InRange(found.ChangeRatio, 0.11, 0.19);
    }

    [Fact]
    public void Finds_nothing_in_noise() => Assert.Null(ChangePoint.Find([.. Noisy(50, 100)]));

    [Fact]
    public void Says_nothing_of_a_change_that_is_too_small_to_matter() => Assert.Null(ChangePoint.Find([.. Noisy(25, 100, 0.001), .. Noisy(25, 103, 0.001)]));

    [Fact]
    public void Says_nothing_of_a_single_stall_or_too_short_a_history()
    {
        Assert.Null(ChangePoint.Find([.. Noisy(20, 100), 900, .. Noisy(20, 100)]));
        Assert.Null(ChangePoint.Find([100, 100, 100, 200, 200, 200]));
    }

    private static IEnumerable<double> Noisy(int count, double level, double noise = 0.03)
    {
        var random = new Random(8);
        return [.. Enumerable.Range(0, count).Select(_ => level * (1 + (noise * ((2 * random.NextDouble()) - 1))))];
    }
}
