using System.Collections.Concurrent;
using System.Data.Common;

namespace Harness.Target.Inventory.Caching;

/// <summary>
/// Products by way of Redis. A fresh entry is an answer; when there is none, <see cref="IProductLoads"/> gets the product from the database.
/// All waiting is bounded, and whoever cannot have the cache in time reads the database: slower, never wrong.
/// </summary>
/// <remarks>
/// With <see cref="CacheWrites.Aside"/> a loader that read just before a sale can store its copy just after the sale has dropped the old one;
/// such a copy is stale until its time to live is over. That is the price of cache-aside, and <c>version</c> makes it measurable. The other
/// ways of writing compare versions and do not have it.
/// </remarks>
/// <param name="early">Which hits load anew; null for none.</param>
/// <param name="failSafe">Whether an entry whose time is over answers when the load fails or takes too long.</param>
public sealed class ProductCache(
    ProductEntries entries, ProductLoader loader, IProductLoads loads, IProductWrites writes, EntryOrder order, CacheMetrics metrics, TimeProvider time, EarlyRefresh? early, bool failSafe)
    : IProductChanges
{
    /// <summary>How long an entry is kept for fail-safe after its time is over.</summary>
    public static readonly TimeSpan StaleMax = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FailSafePatience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FailSafePause = TimeSpan.FromSeconds(1);
    private const int LoadsMax = 4;
    private readonly ConcurrentDictionary<string, int> _missing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _failedAt = new(StringComparer.Ordinal);

    /// <summary>The product as JSON, which is how it lies in the cache; null when there is no such product.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string sku, CancellationToken cancellationToken)
    {
        if (writes.IsUntold(sku))
        {
            metrics.Bypasses.Add();
            return ReadStrong(sku);
        }

        CachedProduct? found;
        try
        {
            found = await entries.GetAsync(sku, cancellationToken);
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            metrics.Bypasses.Add();
            return ReadStrong(sku);
        }

        if (found is null || found.FreshUntil <= time.GetUtcNow())
            return await MissAsync(sku, failSafe ? found : null, cancellationToken);
        metrics.Hits.Add();
        if (early?.IsDue(found) == true && loads is LockedLoads locked)
            _ = locked.RefreshAsync(sku);
        return found.Json;
    }

    /// <summary>Says that a product has changed in the database: the cache shows it soon, or no longer shows the old one.</summary>
    public void Forget(string sku) => writes.Changed(sku);

    /// <summary>Straight from the database.</summary>
    // Cast, because a bare null would become an empty memory.
    public ReadOnlyMemory<byte>? ReadStrong(string sku) => loader.ReadJson(sku) is { } json ? json : (ReadOnlyMemory<byte>?)null;

    private async Task<ReadOnlyMemory<byte>?> MissAsync(string sku, CachedProduct? stale, CancellationToken cancellationToken)
    {
        metrics.Misses.Add();
        if (_missing.AddOrUpdate(sku, 1, (_, count) => count + 1) == 1)
            metrics.Expiries.Add();
        try
        {
            return stale is null
                ? (await LoadAsync(sku).WaitAsync(cancellationToken))?.Json
                : await LoadOrServeAsync(sku, stale, cancellationToken);
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            metrics.Bypasses.Add();
            return ReadStrong(sku);
        }
        finally
        {
            if (_missing.AddOrUpdate(sku, 0, (_, count) => count - 1) == 0)
                _missing.TryRemove(KeyValuePair.Create(sku, 0));
        }
    }

    private async Task<ReadOnlyMemory<byte>?> LoadOrServeAsync(string sku, CachedProduct stale, CancellationToken cancellationToken)
    {
        // After a failure all are answered at once for a while, so that a database that is ill is asked now and then only.
        if (_failedAt.TryGetValue(sku, out var failedAt) && time.GetElapsedTime(failedAt) < FailSafePause)
            return Serve(stale);
        try
        {
            var loaded = await LoadAsync(sku).WaitAsync(FailSafePatience, time, cancellationToken);
            _failedAt.TryRemove(sku, out _);
            return loaded?.Json;
        }
        catch (Exception e) when (CacheLink.IsAway(e) || e is DbException)
        {
            _failedAt[sku] = time.GetTimestamp();
            return Serve(stale);
        }
    }

    /// <summary>A load that somebody else began may be older than what has been shown since.</summary>
    private async Task<CachedProduct?> LoadAsync(string sku)
    {
        var loaded = await loads.LoadAsync(sku);
        for (var load = 1; load < LoadsMax && loaded is not null && order.IsOld(sku, loaded.Version); load++)
            loaded = await loads.LoadAsync(sku);
        return loaded;
    }

    private ReadOnlyMemory<byte> Serve(CachedProduct stale)
    {
        metrics.StaleServed.Add();
        return stale.Json;
    }
}
