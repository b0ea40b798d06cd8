using System.Collections.Concurrent;
using ZiggyCreatures.Caching.Fusion.Locking.Distributed;

namespace Harness.Target.Inventory.Caching;

/// <summary>The lock that lets one process among many load a product: a key with a token of our own that expires by itself.</summary>
/// <remarks>SET NX PX takes it; a compare and delete lets go of it, because one that has expired may be somebody else's by now.</remarks>
public sealed class LoadLock(CacheLink link, CacheMetrics metrics, TimeProvider time, ServiceOptions options) : IFusionCacheDistributedLocker
{
    // Longer than any load takes: it only matters when a loader dies.
    private static readonly TimeSpan Expiry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Never = TimeSpan.FromDays(365);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);
    private readonly ConcurrentDictionary<string, string> _held = new(StringComparer.Ordinal);

    /// <summary>Whether this process holds the lock of a product.</summary>
    public bool IsHeld(string sku) => _held.ContainsKey(sku);

    /// <summary>Takes the lock, or waits for it as long as <paramref name="patience"/> lasts.</summary>
    /// <returns>The token to let go with; null when it was not to be had in time.</returns>
    public async Task<string?> TakeAsync(string sku, TimeSpan patience, CancellationToken cancellationToken)
    {
        var token = Guid.NewGuid().ToString("N");
        var began = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            if (await TryTakeAsync(sku, token, cancellationToken))
                return token;
            if (time.GetElapsedTime(began) >= patience)
                return null;
            if (attempt == 0)
                metrics.LockWaits.Add();
            await Task.Delay(Poll, time, cancellationToken);
        }
    }

    public async Task ReleaseAsync(string sku, string token)
    {
        _held.TryRemove(sku, out _);
        try
        {
            await link.AskAsync(static (redis, held) => redis.LockReleaseAsync(held.Key, held.Token), (Key: Key(sku), Token: token), CancellationToken.None);
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            // It expires by itself; those who wait for it give up sooner and read the database.
            return;
        }
    }

    async ValueTask<object?> IFusionCacheDistributedLocker.AcquireLockAsync(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, TimeSpan timeout, ILogger? logger, CancellationToken token)
    {
        try
        {
            return await TakeAsync(key, timeout, token);
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            return null; // Without it the load goes past the cache.
        }
    }

    async ValueTask IFusionCacheDistributedLocker.ReleaseLockAsync(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, object? lockObj, ILogger? logger, CancellationToken token)
    {
        if (lockObj is string held)
            await ReleaseAsync(key, held);
    }

    object? IFusionCacheDistributedLocker.AcquireLock(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, TimeSpan timeout, ILogger? logger, CancellationToken token) =>
        throw new NotSupportedException("Products are asked for asynchronously only.");

    void IFusionCacheDistributedLocker.ReleaseLock(
        string cacheName, string cacheInstanceId, string operationId, string key, string lockName, object? lockObj, ILogger? logger, CancellationToken token) =>
        throw new NotSupportedException("Products are asked for asynchronously only.");

    public void Dispose() => _held.Clear();

    private async Task<bool> TryTakeAsync(string sku, string token, CancellationToken cancellationToken)
    {
        var taken = await link.AskAsync(
            static (redis, take) => redis.LockTakeAsync(take.Key, take.Token, take.Expires),
            (Key: Key(sku), Token: token, Expires: options.Bug == Bug.LockWithoutExpiry ? Never : Expiry), cancellationToken);
        if (taken)
            _held[sku] = token;
        return taken;
    }

    private static StackExchange.Redis.RedisKey Key(string sku) => "lock:product:" + sku;
}
