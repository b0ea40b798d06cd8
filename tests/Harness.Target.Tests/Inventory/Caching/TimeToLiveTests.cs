using Harness.Target.Inventory.Caching;

namespace Harness.Target.Tests.Inventory.Caching;

public sealed class TimeToLiveTests
{
    private static readonly TimeSpan Base = TimeSpan.FromSeconds(10);

    [Fact]
    public void Is_the_same_for_all_without_jitter()
    {
        var timeToLive = new TimeToLive(Base, jitter: false, new Random(1));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(Base, timeToLive.Next()));
    }

    [Fact]
    public void Spreads_expiries_evenly_over_a_fifth_more_with_jitter()
    {
        var timeToLive = new TimeToLive(Base, jitter: true, new Random(1));
        var spread = Enumerable.Range(0, 2000).Select(_ => timeToLive.Next()).ToList();

        Assert.All(spread, lives => Assert.InRange(lives, Base, Base * 1.2));
        // Loaded together, they expire in 20 tenths of a second, a twentieth of them in each: 100, give or take four deviations.
        var tenths = spread.GroupBy(lives => (int)((lives - Base).TotalMilliseconds / 100)).ToList();
        Assert.Equal(20, tenths.Count);
        Assert.All(tenths, tenth => Assert.InRange(tenth.Count(), 60, 140));
    }

    [Fact]
    public void Follows_its_seed()
    {
        TimeSpan[] Draw(int seed)
        {
            var timeToLive = new TimeToLive(Base, jitter: true, new Random(seed));
            return [.. Enumerable.Range(0, 5).Select(_ => timeToLive.Next())];
        }

        Assert.Equal(Draw(7), Draw(7));
        Assert.NotEqual(Draw(7), Draw(8));
    }
}
