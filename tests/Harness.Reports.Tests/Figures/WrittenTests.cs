using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports.Tests.Figures;

public sealed class WrittenTests
{
    [Theory]
    [InlineData(0, "0 µs")]
    [InlineData(0.74, "740 µs")]
    [InlineData(0.9996, "1.00 ms")]
    [InlineData(12.44, "12.4 ms")]
    [InlineData(999.4, "999 ms")]
    [InlineData(999.6, "1.00 s")]
    [InlineData(59_900, "59.9 s")]
    [InlineData(59_960, "1 min 0 s")]
    [InlineData(123_000, "2 min 3 s")]
    [InlineData(3_599_600, "1 h 0 min")]
    [InlineData(-12.44, "-12.4 ms")]
    public void Writes_a_duration_with_three_digits_and_its_unit(double milliseconds, string written) =>
        Assert.Equal(written, Written.Duration(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(1.0, "100 %")]
    [InlineData(0.99999, "99.99 %")]
    [InlineData(0.57, "57 %")]
    [InlineData(0.0, "0 %")]
    [InlineData(null, "–")]
    public void Never_rounds_a_share_up_to_all(double? ratio, string written) => Assert.Equal(written, Written.PerCent(ratio));

    [Theory]
    [InlineData(1571, "1,571")]
    [InlineData(0.012, "0.012")]
    [InlineData(18.24, "18.2")]
    [InlineData(1.5, "1.50")]
    public void Writes_a_number_of_unknown_unit(double number, string written) => Assert.Equal(written, Written.Number(number));

    [Theory]
    [InlineData(512, "512 B")]
    [InlineData(2_310, "2.26 KiB")]
    [InlineData(8L << 30, "8.00 GiB")]
    public void Writes_bytes_in_powers_of_1024(double bytes, string written) => Assert.Equal(written, Written.Bytes(bytes));

    [Fact]
    public void Writes_an_enum_as_the_record_does() => Assert.Equal("fault-injected", Written.Word(EventKind.FaultInjected));
}
