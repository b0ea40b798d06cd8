namespace Harness.Target.Inventory.Caching;

/// <summary>One load: the database is read and the cache told.</summary>
/// <param name="keepNewer">Whether an entry of a newer version stays.</param>
public sealed class CacheFill(ProductLoader loader, ProductEntries entries, CacheMetrics metrics, bool keepNewer)
{
    /// <returns>What was read; null when there is no such product.</returns>
    public async Task<CachedProduct?> FillAsync(string sku)
    {
        if (await ReadAsync(sku) is not { } loaded)
            return null;
        try
        {
            await StoreAsync(sku, loaded, CancellationToken.None);
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            metrics.Bypasses.Add(); // It was read, it just could not be kept.
        }

        return loaded;
    }

    /// <summary>Reads the database, and counts it as a load.</summary>
    public Task<CachedProduct?> ReadAsync(string sku)
    {
        metrics.Loads.Add();
        return loader.LoadAsync(sku, CancellationToken.None);
    }

    /// <summary>Reads the database because the lock was not to be had, and counts it as going past the cache.</summary>
    public Task<CachedProduct?> ReadPastAsync(string sku)
    {
        metrics.Bypasses.Add();
        return loader.LoadAsync(sku, CancellationToken.None);
    }

    /// <summary>Tells the cache what was read.</summary>
    public Task StoreAsync(string sku, CachedProduct loaded, CancellationToken cancellationToken) =>
        keepNewer ? entries.PutUnlessNewerAsync(sku, loaded, cancellationToken) : entries.PutAsync(sku, loaded, cancellationToken);
}
