using Harness.Cli.Loading;

namespace Harness.Cli.Tests.Loading;

public sealed class SparklineTests
{
    [Theory]
    [InlineData(new double[] { }, "")]
    [InlineData(new double[] { 0, 0 }, "▁▁")]
    [InlineData(new double[] { 0, 1, 2, 3, 4, 5, 6, 7, 8 }, "▁▂▃▄▅▆▇██")]
    [InlineData(new double[] { 5 }, "█")]
    public void Is_as_high_as_its_number_beside_the_largest(double[] numbers, string bars) => Assert.Equal(bars, Sparkline.Of(numbers));
}
