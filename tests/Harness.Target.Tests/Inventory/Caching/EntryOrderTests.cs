using System.Net;
using Harness.Target.Inventory;
using Harness.Target.Inventory.Caching;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Resilience;
using Microsoft.Extensions.Logging.Abstractions;

namespace Harness.Target.Tests.Inventory.Caching;

public sealed class EntryOrderTests : IAsyncLifetime
{
    private readonly RedisServer _server = new();
    private RedisLink _redis = null!;
    private ProductEntries _entries = null!;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _redis = new RedisLink(new DnsEndPoint("127.0.0.1", _server.Port), "test");
        await _redis.FirstAttempt;
        var pipelines = new EdgePipelines(false, new MetricRegistry(), TimeProvider.System, new Random(1), NullLogger<EdgePipelines>.Instance);
        _entries = new ProductEntries(new CacheLink(_redis, pipelines), TimeProvider.System, TimeSpan.Zero);
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public async Task Puts_nothing_older_than_what_was_there_though_it_was_evicted_since()
    {
        var order = new EntryOrder(_entries, remembers: true);
        Assert.True(await order.TryPutAsync("sku", Version(2)));
        await EvictAsync();

        Assert.False(await order.TryPutAsync("sku", Version(1)));
        Assert.Null(await _entries.GetAsync("sku", Ended));

        Assert.True(order.IsOld("sku", 1));
        Assert.False(order.IsOld("sku", 2));
        Assert.True(await order.TryPutAsync("sku", Version(2)));
        Assert.Equal(2, (await _entries.GetAsync("sku", Ended))!.Version);
    }

    [Fact]
    public async Task Begins_anew_after_an_eviction_where_versions_may_be_lost_with_the_cache()
    {
        var order = new EntryOrder(_entries, remembers: false);
        Assert.True(await order.TryPutAsync("sku", Version(2)));
        await EvictAsync();

        Assert.True(await order.TryPutAsync("sku", Version(1)));
        Assert.Equal(1, (await _entries.GetAsync("sku", Ended))!.Version);
    }

    private Task<bool> EvictAsync() => _redis.Database.KeyDeleteAsync(ProductEntries.Key("sku"));

    private static LoadedProduct Version(long version) =>
        new(CachedProduct.Of(new Product("sku", "name", 100, 1, version), DateTimeOffset.UtcNow.AddMinutes(1), TimeSpan.Zero), HoldsWhile: null);
}
