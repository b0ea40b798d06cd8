using Harness.Chaos.Experiments;

namespace Harness.Chaos.Tests.Experiments;

public sealed class UnitsTests
{
    [Theory]
    [InlineData("3s", 3_000)]
    [InlineData("250ms", 250)]
    [InlineData("1m30s", 90_000)]
    [InlineData("0.5h", 1_800_000)]
    [InlineData("0s", 0)]
    public void Reads_a_duration_as_people_write_it(string text, double milliseconds)
    {
        Assert.True(Units.TryDuration(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("-3s")]
    [InlineData("3 s")]
    [InlineData("s")]
    [InlineData("")]
    [InlineData("8d")]
    [InlineData("169h")]
    [InlineData("99999999999999999999h")]
    public void Refuses_what_is_no_duration_or_longer_than_a_week(string text) => Assert.False(Units.TryDuration(text, out _));

    [Theory]
    [InlineData("40/s", 40)]
    [InlineData("0.5/s", 0.5)]
    [InlineData("600/m", 10)]
    [InlineData("36 / h", 0.01)]
    public void Reads_a_rate_as_arrivals_a_second(string text, double perSecond)
    {
        Assert.True(Units.TryRate(text, out double rate));
        Assert.Equal(perSecond, rate, 12);
    }

    [Theory]
    [InlineData("0/s")]
    [InlineData("-1/s")]
    [InlineData("40")]
    [InlineData("40/d")]
    [InlineData("NaN/s")]
    public void Refuses_a_rate_that_is_not_positive_or_has_no_unit(string text) => Assert.False(Units.TryRate(text, out _));

    [Theory]
    [InlineData("0.99", 0.99)]
    [InlineData("99%", 0.99)]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    public void Reads_a_ratio_with_or_without_per_cent(string text, double expected)
    {
        Assert.True(Units.TryRatio(text, out double ratio));
        Assert.Equal(expected, ratio, 12);
    }

    [Theory]
    [InlineData("1.01")]
    [InlineData("101%")]
    [InlineData("-0.1")]
    [InlineData("much")]
    public void Refuses_a_ratio_outside_zero_to_one(string text) => Assert.False(Units.TryRatio(text, out _));

    [Theory]
    [InlineData("15s")]
    [InlineData("2m")]
    [InlineData("250ms")]
    [InlineData("1.5s")]
    [InlineData("0s")]
    public void Writes_a_duration_the_way_it_reads_it(string text)
    {
        Assert.True(Units.TryDuration(text, out TimeSpan duration));
        Assert.Equal(text, Units.Text(duration));
    }
}
