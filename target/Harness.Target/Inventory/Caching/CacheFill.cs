namespace Harness.Target.Inventory.Caching;

/// <summary>One load: the database is read and the cache told.</summary>
/// <param name="keepNewer">Whether an entry of a newer version stays.</param>
/// <param name="late">Whether the cache is told a while after the database was read, for the bug that needs it.</param>
public sealed class CacheFill(ProductLoader loader, ProductEntries entries, EntryOrder order, CacheMetrics metrics, TimeProvider time, bool keepNewer, bool late = false)
{
    // Long enough that a price is written between the reading and the telling.
    private static readonly TimeSpan RaceWindow = TimeSpan.FromMilliseconds(100);
    private const int LoadsMax = 4;

    /// <summary>Loads a product, and counts it.</summary>
    /// <returns>What was read; null when there is no such product.</returns>
    public Task<CachedProduct?> FillAsync(string sku)
    {
        metrics.Loads.Add();
        return LoadAsync(sku);
    }

    /// <summary>Loads a product because the lock was not to be had, and counts that as going past the cache.</summary>
    public Task<CachedProduct?> FillPastAsync(string sku)
    {
        metrics.Bypasses.Add();
        return LoadAsync(sku);
    }

    private async Task<CachedProduct?> LoadAsync(string sku)
    {
        CachedProduct? entry = null;
        for (var load = 0; load < LoadsMax; load++)
        {
            // No token: it may be a load for many, and the one whose request brought it about may leave.
            if (await loader.LoadAsync(sku, CancellationToken.None) is not { } loaded)
                return null;
            entry = loaded.Entry;
            if (late)
                await Task.Delay(RaceWindow, time);
            if (await TryStoreAsync(sku, loaded))
                return entry;
        }

        return entry;
    }

    private async Task<bool> TryStoreAsync(string sku, LoadedProduct loaded)
    {
        try
        {
            if (keepNewer)
                return await order.TryPutAsync(sku, loaded);
            await entries.PutAsync(sku, loaded.Entry, CancellationToken.None);
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            metrics.Bypasses.Add(); // It was read, it just could not be kept.
        }

        return true;
    }
}
