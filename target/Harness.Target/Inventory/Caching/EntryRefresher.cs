using System.Collections.Concurrent;
using System.Data.Common;

namespace Harness.Target.Inventory.Caching;

/// <summary>Puts products that changed in the database into the cache, in the background: at most one load of each product at a time,
/// and one more for all changes that came meanwhile.</summary>
public sealed class EntryRefresher(ProductLoader loader, ProductEntries entries)
{
    // The value says whether the product has changed again since its load began.
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);

    /// <summary>Does not wait. Best effort: when it fails, the old entry is seen until its time is over.</summary>
    public void Begin(string sku)
    {
        if (_running.AddOrUpdate(sku, false, (_, _) => true) is false)
            _ = RunAsync(sku);
    }

    private async Task RunAsync(string sku)
    {
        await Task.Yield();
        do
        {
            _running[sku] = false;
            await RefreshAsync(sku);
        }
        while (!_running.TryRemove(KeyValuePair.Create(sku, false)));
    }

    private async Task RefreshAsync(string sku)
    {
        try
        {
            while (await loader.LoadAsync(sku, CancellationToken.None) is { } loaded && !await entries.PutUnlessNewerAsync(sku, loaded, CancellationToken.None))
                continue;
        }
        catch (Exception e) when (CacheLink.IsAway(e) || e is DbException)
        {
            entries.Drop(sku);
        }
    }
}
