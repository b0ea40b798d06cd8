using Harness.Target.Inventory.Caching;

namespace Harness.Target.Tests.Inventory.Caching;

public sealed class EarlyRefreshTests
{
    private static readonly TimeSpan LoadTook = TimeSpan.FromMilliseconds(20);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Is_early_by_what_a_load_takes_on_average()
    {
        // At the distance x from the expiry a read is early with probability exp(-x / (beta * load)).
        var early = new EarlyRefresh(_time, new Random(1));
        double RatioAt(double loads)
        {
            var entry = Entry(_time.GetUtcNow() + (LoadTook * loads));
            return Enumerable.Range(0, 4000).Count(_ => early.IsDue(entry)) / 4000.0;
        }

        Assert.InRange(RatioAt(0.5), Math.Exp(-0.5) - 0.04, Math.Exp(-0.5) + 0.04);
        Assert.InRange(RatioAt(2), Math.Exp(-2) - 0.04, Math.Exp(-2) + 0.04);
        Assert.Equal(1, RatioAt(0));
        Assert.Equal(0, RatioAt(100));
    }

    [Fact]
    public void Leaves_nobody_to_wait_where_many_read_within_a_load()
    {
        var early = new EarlyRefresh(_time, new Random(1));
        var waited = 0;
        for (var expiry = 0; expiry < 200; expiry++)
        {
            var entry = Entry(_time.GetUtcNow() + TimeSpan.FromSeconds(1));
            TimeSpan? begun = null;
            // A read each millisecond, twenty within a load.
            for (; _time.GetUtcNow() < entry.FreshUntil; _time.Advance(TimeSpan.FromMilliseconds(1)))
                begun ??= early.IsDue(entry) ? entry.FreshUntil - _time.GetUtcNow() : null;
            waited += begun is null || begun < LoadTook ? 1 : 0;
        }

        // Someone was early in time in all but a few; without it all would have waited.
        Assert.InRange(waited, 0, 20);
    }

    [Fact]
    public void Never_loads_early_what_loads_in_no_time()
    {
        var early = new EarlyRefresh(_time, new Random(1));
        var entry = CachedProduct.Of(new("sku-0001", "", 1, 1, 1), _time.GetUtcNow() + TimeSpan.FromTicks(1), TimeSpan.Zero);
        Assert.DoesNotContain(true, Enumerable.Range(0, 1000).Select(_ => early.IsDue(entry)));
    }

    private static CachedProduct Entry(DateTimeOffset freshUntil) => CachedProduct.Of(new("sku-0001", "", 1, 1, 1), freshUntil, LoadTook);
}
