using Harness.Target.Inventory.Caching;
using Harness.Target.Messaging;
using Harness.Target.Tests.Inventory.Caching;

namespace Harness.Target.Tests.Inventory;

/// <summary>Each planted bug of Inventory and its cache does what it is said to do.</summary>
public sealed class InventoryBugsTests : IDisposable
{
    private const string Sku = "sku-0001";
    private readonly RedisServer _redis = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    public void Dispose()
    {
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public Task Lost_price_update_makes_one_version_of_two_changes() => WithAsync(["--bug", "lost-price-update"], async node =>
    {
        var changed = await Task.WhenAll(Enumerable.Range(1, 8).Select(price => node.RepriceAsync(Sku, price)));
        Shows(changed.DistinctBy(product => product.Version).Count() < 8);
    });

    [Fact]
    public Task Cache_filled_after_invalidation_brings_an_old_version_back() => WithAsync(["--bug", "cache-filled-after-invalidation", "--cache-writes", "through"], async node =>
    {
        var slow = node.ReadAsync(Sku);
        await Eventually.TrueAsync(() => Task.FromResult(node.Cache.Loads.Value == 1), "the load has begun");
        var changed = await node.RepriceAsync(Sku, 4711);
        var old = await slow;
        // A load that began after the change has read it, and one that ended before it is no matter.
        Shows(old.Version < changed.Version && await node.ReadAsync(Sku) == old);
    });

    [Fact]
    public Task Write_through_acknowledged_early_is_ahead_of_the_database() => WithAsync(["--bug", "write-through-acknowledged-early", "--cache-writes", "through"], async node =>
    {
        var changed = await node.RepriceAsync(Sku, 4711);
        Shows((await node.KeptAsync(Sku)).Version == changed.Version - 1);
        await Eventually.TrueAsync(async () => (await node.KeptAsync(Sku)).PriceCents == 4711, "the database has the price in the end");
    });

    [Fact]
    public Task Write_back_lost_on_crash_lists_nothing_where_another_process_could_see_it() =>
        WithAsync(["--bug", "write-back-lost-on-crash", "--cache-writes", "back", "--write-back-every", "10m"], async node =>
        {
            await node.RepriceAsync(Sku, 4711);
            Assert.True((await node.AuditAsync()).WriteBack is { Waiting: 1, DirtyProducts: 0 });
        });

    [Fact]
    public Task No_stampede_lock_has_everybody_load() => WithAsync(["--bug", "no-stampede-lock"], async node =>
    {
        const int Expiries = 10;
        foreach (var sku in Enumerable.Range(1, Expiries).Select(number => $"sku-{number:0000}"))
            await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => node.ReadAsync(sku)));
        Shows(node.Cache.Loads.Value > Expiries);
    });

    [Theory]
    [InlineData("no-stampede-lock", false)]
    [InlineData("lock-without-expiry", true)]
    public Task Lock_without_expiry_outlives_whoever_took_it(string bug, bool outlives) => WithAsync(["--bug", bug], async node =>
    {
        var loads = new LoadLock(node.Service<CacheLink>(), node.Cache, TimeProvider.System, node.Service<ServiceOptions>());
        Assert.NotNull(await loads.TakeAsync("sku-x", TimeSpan.Zero, TestContext.Current.CancellationToken));
        var left = await node.Service<RedisLink>().Database.KeyTimeToLiveAsync("lock:product:sku-x");
        Assert.Equal(outlives, left is null || left > TimeSpan.FromMinutes(1));
    });

    /// <summary>A race that nobody lost this time is run again.</summary>
    private static void Shows(bool shown)
    {
        if (!shown)
            throw new DisturbedException("The bug did not show.");
    }

    private Task WithAsync(string[] words, Func<InventoryNode, Task> test) => Undisturbed.RunAsync(async round =>
    {
        await using var node = await InventoryNode.StartAsync(Path.Combine(_folder, $"{round}"), _redis.Port, words);
        await test(node);
    });
}
