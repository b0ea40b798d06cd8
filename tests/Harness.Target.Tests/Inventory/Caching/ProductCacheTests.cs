using System.Diagnostics;
using System.Globalization;

namespace Harness.Target.Tests.Inventory.Caching;

/// <summary>The cache of products across two processes that share a database and a Redis server.</summary>
public sealed class ProductCacheTests : IDisposable
{
    private readonly RedisServer _redis = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _redis.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Loads_once_when_two_processes_miss_two_hundred_times_at_once()
    {
        await using var one = await ServiceProcess.StartAsync("inventory", _folder, _redis.Port);
        await using var two = await ServiceProcess.StartAsync("inventory", _folder, _redis.Port);
        // Connections and compiled code first, on a product of its own.
        await ReadAtOnceAsync("sku-0100", one, two);

        // All waiting is bounded, so a machine that is busy with something else may make a reader give up; such a round says so
        // (a bypass) and proves nothing, and another one is made.
        for (var round = 1; ; round++)
        {
            var before = (await SumAsync("cache_loads_total", one, two), await SumAsync("cache_bypasses_total", one, two));
            await ReadAtOnceAsync(string.Create(CultureInfo.InvariantCulture, $"sku-{round:D4}"), one, two);
            var after = (await SumAsync("cache_loads_total", one, two), await SumAsync("cache_bypasses_total", one, two));
            Assert.True(round < 20, "No round went by without somebody giving up.");
            if (after.Item2 > before.Item2)
                continue;
            Assert.Equal(before.Item1 + 1, after.Item1);
            break;
        }

        Assert.InRange(await SumAsync("cache_lock_waits_total", one, two), 1, double.MaxValue);
    }

    [Fact]
    public async Task Loads_many_times_when_nothing_protects_it()
    {
        await using var one = await ServiceProcess.StartAsync("inventory", _folder, _redis.Port, "--stampede", "none");
        await using var two = await ServiceProcess.StartAsync("inventory", _folder, _redis.Port, "--stampede", "none");
        for (var round = 1; await SumAsync("cache_loads_total", one, two) <= await SumAsync("cache_expiries_total", one, two); round++)
        {
            Assert.True(round < 20, "Two hundred misses at once never stormed the database.");
            await ReadAtOnceAsync(string.Create(CultureInfo.InvariantCulture, $"sku-{round:D4}"), one, two);
        }

        Assert.Equal(0, await SumAsync("cache_lock_waits_total", one, two));
    }

    [Fact]
    public async Task Loads_again_when_the_time_to_live_is_over()
    {
        await using var inventory = await ServiceProcess.StartAsync("inventory", _folder, _redis.Port, "--cache-ttl", "100ms");
        await Eventually.TrueAsync(async () =>
        {
            await inventory.Http.GetStringAsync("/products/sku-0001", Ended);
            return await inventory.MetricAsync("cache_loads_total") >= 3;
        }, "it was loaded three times");
    }

    [Fact]
    public async Task Reads_the_database_without_delay_once_the_breaker_has_seen_that_Redis_is_cut()
    {
        await using var relay = new Relay(_redis.Port);
        await using var inventory = await ServiceProcess.StartAsync("inventory", _folder, relay.Port);
        await inventory.Http.GetStringAsync("/products/sku-0001", Ended);
        relay.BlackHole();

        await Eventually.TrueAsync(async () =>
        {
            await inventory.Http.GetStringAsync("/products/sku-0001", Ended);
            return await inventory.MetricAsync("breaker_state{edge=\"inventory -> redis\"}") == 2;
        }, "the breaker is open");
        var watch = Stopwatch.StartNew();
        await inventory.Http.GetStringAsync("/products/sku-0001", Ended);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));

        relay.Heal();
        await Eventually.TrueAsync(async () =>
        {
            var hits = await inventory.MetricAsync("cache_hits_total");
            await inventory.Http.GetStringAsync("/products/sku-0001", Ended);
            return await inventory.MetricAsync("cache_hits_total") > hits;
        }, "the cache is used again");
    }

    private static async Task ReadAtOnceAsync(string sku, params ServiceProcess[] processes) =>
        await Task.WhenAll(processes.SelectMany(process => Enumerable.Range(0, 200).Select(_ => process.Http.GetStringAsync($"/products/{sku}", Ended))));

    private static async Task<double> SumAsync(string metric, params ServiceProcess[] processes) =>
        (await Task.WhenAll(processes.Select(process => process.MetricAsync(metric)))).Sum();
}
