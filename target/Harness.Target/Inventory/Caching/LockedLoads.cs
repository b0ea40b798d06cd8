using System.Collections.Concurrent;
using System.Data.Common;
using ZiggyCreatures.Caching.Fusion;

namespace Harness.Target.Inventory.Caching;

/// <summary>Only the first miss reads the database. Within the process all others wait for the same task; across processes that task
/// must win <see cref="LoadLock"/>, and then looks again, because whoever had the lock before may have loaded.</summary>
/// <remarks>FusionCache runs the part between a miss and its answer. Hits never come here: they are one GET, which it could only make slower.
/// Its memory level is off (see <see cref="ProductEntries"/>), and so is its fail-safe: <see cref="ProductCache"/> decides that for
/// every kind of protection.</remarks>
public sealed class LockedLoads : IProductLoads, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly LoadLock _lock;
    private readonly CacheFill _fill;
    private readonly CacheMetrics _metrics;
    private readonly FusionCache _fusion;
    private readonly FusionCacheEntryOptions _options;
    private readonly ConcurrentDictionary<string, Lazy<Task<CachedProduct?>>> _loading = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _refreshing = new(StringComparer.Ordinal);

    public LockedLoads(LoadLock loadLock, CacheFill fill, ProductEntries entries, CacheMetrics metrics)
    {
        (_lock, _fill, _metrics) = (loadLock, fill, metrics);
        _options = new FusionCacheEntryOptions
        {
            SkipMemoryCacheRead = true,
            SkipMemoryCacheWrite = true,
            LockTimeout = Patience,
            DistributedLockTimeout = Patience,
            SkipDistributedCacheWrite = true, // The load itself stores, while it has the lock.
        };
        _fusion = new FusionCache(new FusionCacheOptions
        {
            CacheName = "products",
            DefaultEntryOptions = _options,
            DistributedCacheKeyModifierMode = CacheKeyModifierMode.None,
            EnableAutoRecovery = false,
            EnableBestPracticesAdvisor = false,
            DisableTagging = true,
            ReThrowOriginalExceptions = true,
        });
        _fusion.SetupDistributedCache(new FusionLevel(entries), new FusionSerializer());
        _fusion.SetupDistributedLocker(loadLock);
    }

    public Task<CachedProduct?> LoadAsync(string sku)
    {
        var mine = new Lazy<Task<CachedProduct?>>(() => LoadAndForgetAsync(sku));
        var winner = _loading.GetOrAdd(sku, mine);
        if (winner != mine)
            _metrics.LockWaits.Add();
        return winner.Value;
    }

    /// <summary>Loads a product that is still fresh, unless somebody else is at it. It never throws and nobody waits for it.</summary>
    public async Task RefreshAsync(string sku)
    {
        if (!_refreshing.TryAdd(sku, true))
            return;
        try
        {
            await Task.Yield();
            if (await _lock.TakeAsync(sku, TimeSpan.Zero, CancellationToken.None) is not { } token)
                return;
            try
            {
                _metrics.EarlyRefreshes.Add();
                await _fill.FillAsync(sku);
            }
            finally
            {
                await _lock.ReleaseAsync(sku, token);
            }
        }
        catch (Exception e) when (CacheLink.IsAway(e) || e is DbException)
        {
            return; // The value is still fresh, and a later read tries again.
        }
        finally
        {
            _refreshing.TryRemove(sku, out _);
        }
    }

    public void Dispose() => _fusion.Dispose();

    private async Task<CachedProduct?> LoadAndForgetAsync(string sku)
    {
        try
        {
            // Off the caller: it must first be in the dictionary before it can be taken out again.
            await Task.Yield();
            return await _fusion.GetOrSetAsync<CachedProduct?>(
                sku, (_, _) => _lock.IsHeld(sku) ? _fill.FillAsync(sku) : _fill.FillPastAsync(sku), options: _options, token: CancellationToken.None);
        }
        finally
        {
            _loading.TryRemove(sku, out _);
        }
    }
}
