using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Tests.Toxics;

public sealed class PaceTests
{
    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    [Fact]
    public void A_piece_takes_its_time_before_it_leaves() => Assert.Equal(Ms(110), new Pace().DueAt(1000, 100, Ms(100)));

    [Fact]
    public void A_late_piece_is_made_up_for_by_the_next()
    {
        var pace = new Pace();
        pace.DueAt(1000, 100, Ms(100));

        pace.Sent(Ms(113), more: true);

        Assert.Equal(Ms(120), pace.DueAt(1000, 100, Ms(113)));
    }

    [Fact]
    public void Idle_time_earns_nothing()
    {
        var pace = new Pace();
        pace.DueAt(1000, 100, Ms(100));
        pace.Sent(Ms(110), more: false);

        Assert.Equal(Ms(1010), pace.DueAt(1000, 100, Ms(1000)));
    }

    [Theory]
    [InlineData(480_000, 1000, 100_000)]
    [InlineData(480_000, 5_000_000_000, 480_000)]
    [InlineData(1, 1, 1)]
    public void A_piece_is_at_most_what_passes_in_100_ms(int length, long rate, int piece) => Assert.Equal(piece, Pace.PieceOf(length, rate));
}
