using System.Collections.Concurrent;
using System.Text.Json;
using Harness.Target.Messaging;
using Harness.Target.Resilience;
using Harness.Target.Storage;
using Polly;
using StackExchange.Redis;

namespace Harness.Target.Inventory;

/// <summary>
/// Products by cache-aside in Redis. When a product is not there, only the first who asks reads the database: within the process all others
/// wait for the same task, and across processes that task must win a lock in Redis. All waiting is bounded, and whoever cannot
/// have the cache in time reads the database: slower, never wrong.
/// </summary>
/// <remarks>
/// A loader that read just before a sale can store its copy just after the sale has dropped the old one; such a copy is stale until its
/// time to live is over. That is the price of cache-aside, and <c>version</c> makes it measurable.
/// </remarks>
public sealed class ProductCache
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromMilliseconds(400);
    private readonly IStore _store;
    private readonly RedisLink _redis;
    private readonly TimeSpan _timeToLive;
    private readonly CacheMetrics _metrics;
    private readonly LoadLock _lock;
    private readonly ResiliencePipeline _pipeline;
    private readonly ConcurrentDictionary<string, Lazy<Task<byte[]?>>> _loading = new(StringComparer.Ordinal);

    public ProductCache(IStore store, RedisLink redis, TimeSpan timeToLive, CacheMetrics metrics, EdgePipelines pipelines, TimeProvider time)
    {
        (_store, _redis, _timeToLive, _metrics) = (store, redis, timeToLive, metrics);
        _lock = new LoadLock(redis, time);
        _pipeline = pipelines.Build(
            new EdgePolicy { Edge = "inventory -> redis", TryTimeout = ReadTimeout, BreakerCallsMin = 4, ConcurrentCallsMax = 1024, WaitingCallsMax = 0 },
            failure => failure is RedisException or TimeoutException);
    }

    /// <summary>The product as JSON, which is how it lies in the cache; null when there is no such product.</summary>
    public async Task<byte[]?> ReadAsync(string sku, CancellationToken cancellationToken)
    {
        try
        {
            if (await GetAsync(sku, cancellationToken) is { } cached)
            {
                _metrics.Hits.Add();
                return cached;
            }
        }
        catch (Exception e) when (IsCacheAway(e))
        {
            return Bypass(sku);
        }

        _metrics.Misses.Add();
        return await LoadOnceAsync(sku).WaitAsync(cancellationToken);
    }

    /// <summary>Drops a product that has changed. Best effort: when it fails, its time to live bounds how long the old copy is seen.</summary>
    public void Forget(string sku)
    {
        if (_redis.IsConnected)
            _redis.Database.KeyDelete(Key(sku), CommandFlags.FireAndForget);
    }

    /// <summary>Straight from the database.</summary>
    public byte[]? ReadStrong(string sku) =>
        _store.Read(connection => Shelf.Find(connection, sku)) is { } product
            ? JsonSerializer.SerializeToUtf8Bytes(product, TargetJson.Default.Product)
            : null;

    private Task<byte[]?> LoadOnceAsync(string sku)
    {
        var mine = new Lazy<Task<byte[]?>>(() => LoadAndForgetAsync(sku));
        var winner = _loading.GetOrAdd(sku, mine);
        if (winner != mine)
            _metrics.LockWaits.Add();
        return winner.Value;
    }

    private async Task<byte[]?> LoadAndForgetAsync(string sku)
    {
        try
        {
            // Off the caller: it must first be in the dictionary before it can be taken out again.
            await Task.Yield();
            return await LoadAsync(sku);
        }
        finally
        {
            _loading.TryRemove(sku, out _);
        }
    }

    /// <remarks>No token: it loads for all who wait, and the one whose request brought it about may leave.</remarks>
    private async Task<byte[]?> LoadAsync(string sku)
    {
        try
        {
            await using var held = await _lock.TakeAsync(sku, token => GetAsync(sku, token), _metrics.LockWaits, CancellationToken.None);
            return held.Outcome switch
            {
                LoadLockOutcome.FoundLoaded => held.Value,
                LoadLockOutcome.Taken => await LoadAndStoreAsync(sku),
                _ => Bypass(sku),
            };
        }
        catch (Exception e) when (IsCacheAway(e))
        {
            return Bypass(sku);
        }
    }

    private async Task<byte[]?> LoadAndStoreAsync(string sku)
    {
        _metrics.Loads.Add();
        if (ReadStrong(sku) is not { } loaded)
            return null;
        try
        {
            await _pipeline.ExecuteAsync(async token => await _redis.Database.StringSetAsync(Key(sku), loaded, _timeToLive).WaitAsync(token), CancellationToken.None);
        }
        catch (Exception e) when (IsCacheAway(e))
        {
            _metrics.Bypasses.Add(); // It was read, it just could not be kept.
        }

        return loaded;
    }

    private byte[]? Bypass(string sku)
    {
        _metrics.Bypasses.Add();
        return ReadStrong(sku);
    }

    private async Task<byte[]?> GetAsync(string sku, CancellationToken cancellationToken) =>
        await _pipeline.ExecuteAsync(async token => (byte[]?)await _redis.Database.StringGetAsync(Key(sku)).WaitAsync(token), cancellationToken);

    private static RedisKey Key(string sku) => "product:" + sku;

    private static bool IsCacheAway(Exception e) => e is RedisException or TimeoutException or ExecutionRejectedException;
}
