using System.Diagnostics;
using System.Net;
using Harness.Target.Inventory;
using Harness.Target.Inventory.Caching;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Inventory.Caching;

/// <summary>What holds for each way of writing together with each protection against a stampede, between two nodes that share a database and
/// a server that speaks Redis; each kind of server runs it by deriving from it.</summary>
public abstract class CacheContract : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;

    public static TheoryData<string, string> Combinations => new(
        from writes in new[] { "aside", "through", "back" }
        from stampede in new[] { "lock", "none", "early" }
        select (writes, stampede));

    protected abstract int RedisPort { get; }

    public abstract ValueTask InitializeAsync();

    protected abstract ValueTask StopRedisAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await StopRedisAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task Shows_acknowledged_changes_and_brings_them_to_the_database(string writes, string stampede)
    {
        await using var one = await StartAsync(RedisPort, writes, stampede);
        await using var two = await StartAsync(RedisPort, writes, stampede);
        await Undisturbed.RunAsync(async round =>
        {
            var sku = $"sku-{round:D4}";
            var first = await one.ReadAsync(sku);
            Assert.Equal(first, await two.ReadAsync(sku));

            var newest = first;
            for (var price = 1; price <= 10; price++)
            {
                var node = price % 2 == 0 ? one : two;
                var changed = price % 5 == 0 ? await node.RestockAsync(sku, 1) : await node.RepriceAsync(sku, price);
                Assert.Equal(newest.Version + 1, changed.Version);
                newest = changed;
                await ShownAsync(one, newest, writes);
                await ShownAsync(two, newest, writes);
            }

            await Eventually.TrueAsync(async () => await one.IsAtRestAsync() && await two.IsAtRestAsync(), "nothing is left to write");
            var kept = await one.KeptAsync(sku);
            Assert.Equal((newest.Version, 9, first.Available + 2), (kept.Version, kept.PriceCents, kept.OnHand));
            await ShownAsync(one, newest, writes);
        });
    }

    [Theory]
    [InlineData("through")]
    [InlineData("back")]
    public async Task Never_goes_back_to_an_older_version_where_that_is_promised(string writes)
    {
        await using var one = await StartAsync(RedisPort, writes, "lock", "--cache-ttl", "1m");
        await using var two = await StartAsync(RedisPort, writes, "lock", "--cache-ttl", "1m");
        await Undisturbed.RunAsync(round => ReadWhileWritingAsync(one, two, $"sku-{round:D4}"));
    }

    [Theory]
    [InlineData("aside", "lock", HttpStatusCode.OK)]
    [InlineData("through", "none", HttpStatusCode.ServiceUnavailable)]
    [InlineData("back", "early", HttpStatusCode.ServiceUnavailable)]
    public async Task Answers_reads_while_the_cache_is_cut_and_says_what_became_of_writes(string writes, string stampede, HttpStatusCode whileCut)
    {
        await using var relay = new Relay(RedisPort);
        await using var node = await StartAsync(relay.Port, writes, stampede);
        var first = await node.ReadAnyhowAsync("sku-0003");
        relay.Cut();
        // One call notices; the next knows.
        using (var _ = await node.AskForPriceAsync("sku-0004", 1))
        {
            var watch = Stopwatch.StartNew();
            Assert.Equal(first, await node.ReadAnyhowAsync("sku-0003"));
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        }

        using (var answer = await node.AskForPriceAsync("sku-0003", 1))
        {
            Assert.Equal(whileCut, answer.StatusCode);
            Assert.Equal(whileCut == HttpStatusCode.ServiceUnavailable, answer.Headers.RetryAfter is not null);
        }

        Assert.Equal(whileCut == HttpStatusCode.OK ? 2 : 1, (await node.KeptAsync("sku-0003")).Version);
        relay.Heal();
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await node.AskForPriceAsync("sku-0003", 2);
            return answer.IsSuccessStatusCode;
        }, "writes are taken again");
        await Eventually.TrueAsync(async () => (await node.ReadAnyhowAsync("sku-0003")).PriceCents == 2, "the new price is seen");
    }

    [Theory]
    [InlineData("through")]
    [InlineData("back")]
    public async Task Does_not_show_the_old_value_after_a_cut_that_kept_the_cache_from_being_told(string writes)
    {
        await using var relay = new Relay(RedisPort);
        await using var node = await StartAsync(relay.Port, writes, "lock", "--cache-ttl", "10m");
        Assert.Equal(1, (await node.ReadAnyhowAsync("sku-0005")).Version);
        relay.Cut();
        // What a sale does: the database first, then the cache is told, without anybody waiting.
        await node.Service<IStore>().WriteAsync(connection => Shelf.Restock(connection, "sku-0005", 1), TestContext.Current.CancellationToken);
        var service = node.Service<IProductWrites>();
        service.Changed("sku-0005");
        await Eventually.TrueAsync(() => Task.FromResult(service.IsUntold("sku-0005")), "the cut was noticed");
        Assert.Equal(2, (await node.ReadAnyhowAsync("sku-0005")).Version);

        relay.Heal();
        var hits = node.Cache.Hits.Value;
        await Eventually.TrueAsync(async () =>
        {
            Assert.Equal(2, (await node.ReadAnyhowAsync("sku-0005")).Version);
            return node.Cache.Hits.Value > hits;
        }, "the cache answers again");
    }

    [Theory]
    [InlineData("lock")]
    [InlineData("early")]
    public async Task Loads_once_when_two_nodes_miss_two_hundred_times_at_once(string stampede)
    {
        await using var one = await StartAsync(RedisPort, "aside", stampede);
        await using var two = await StartAsync(RedisPort, "aside", stampede);
        await ReadAtOnceAsync("sku-0020", one, two); // connections and compiled code

        // A reader that gave up waiting, on a machine busy with something else, says so, and another round is made.
        for (var round = 1; ; round++)
        {
            Assert.True(round < 20, "No round went by without somebody giving up.");
            var (loads, bypasses) = Count();
            await ReadAtOnceAsync($"sku-{round:D4}", one, two);
            var after = Count();
            if (after.Bypasses > bypasses)
                continue;
            Assert.Equal(loads + 1, after.Loads);
            break;
        }

        (long Loads, long Bypasses) Count() => (one.Cache.Loads.Value + two.Cache.Loads.Value, one.Cache.Bypasses.Value + two.Cache.Bypasses.Value);
    }

    private static async Task ReadWhileWritingAsync(InventoryNode one, InventoryNode two, string sku)
    {
        using var written = new CancellationTokenSource();
        var acknowledged = 0L;
        var reads = 0;
        var reader = Task.Run(async () =>
        {
            var seen = 0L;
            for (; !written.IsCancellationRequested; reads++)
            {
                var known = Volatile.Read(ref acknowledged);
                var version = (await two.ReadAsync(sku)).Version;
                Assert.True(version >= known && version >= seen, $"{version} was read after {known} was acknowledged and {seen} was seen.");
                seen = version;
            }
        }, TestContext.Current.CancellationToken);
        try
        {
            // Prices and stock at once, so that what goes around the cache meets what goes through it.
            await Task.WhenAll(WriteAsync(i => one.RepriceAsync(sku, i)), WriteAsync(_ => two.RestockAsync(sku, 1)));
        }
        finally
        {
            await written.CancelAsync();
            await reader;
        }

        Assert.InRange(reads, 2, int.MaxValue);
        await Eventually.TrueAsync(one.IsAtRestAsync, "nothing is left to write");
        Assert.Equal(81, (await one.KeptAsync(sku)).Version);
        Assert.Equal(81, (await two.ReadAsync(sku)).Version);

        async Task WriteAsync(Func<int, Task<Product>> write)
        {
            for (var i = 1; i <= 40; i++)
            {
                var version = (await write(i)).Version;
                for (var known = Volatile.Read(ref acknowledged); version > known; known = Volatile.Read(ref acknowledged))
                    Interlocked.CompareExchange(ref acknowledged, version, known);
            }
        }
    }

    protected Task<InventoryNode> StartAsync(int redisPort, string writes, string stampede, params string[] more) =>
        InventoryNode.StartAsync(_folder, redisPort, ["--cache-writes", writes, "--stampede", stampede, .. more]);

    private static async Task ReadAtOnceAsync(string sku, params InventoryNode[] nodes) =>
        await Task.WhenAll(nodes.SelectMany(node => Enumerable.Range(0, 200).Select(_ => node.ReadAnyhowAsync(sku))));

    /// <summary>At once, but for cache-aside, where another node's GET may overtake the command that drops the entry.</summary>
    private static async Task ShownAsync(InventoryNode node, Product product, string writes)
    {
        if (writes == "aside")
            await Eventually.TrueAsync(async () => await node.ReadAsync(product.Sku) == product, "the change is seen");
        else
            Assert.Equal(product, await node.ReadAsync(product.Sku));
    }
}

/// <summary>On Garnet.</summary>
public sealed class CacheOnGarnetTests : CacheContract
{
    private readonly RedisServer _redis = new();

    protected override int RedisPort => _redis.Port;

    public override ValueTask InitializeAsync() => ValueTask.CompletedTask;

    protected override ValueTask StopRedisAsync()
    {
        _redis.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>On redis-server.</summary>
public sealed class CacheOnRedisTests : CacheContract
{
    private readonly RealRedis _redis = new();

    protected override int RedisPort => _redis.Port;

    public override async ValueTask InitializeAsync() => await _redis.ListensAsync();

    protected override ValueTask StopRedisAsync() => _redis.DisposeAsync();
}
