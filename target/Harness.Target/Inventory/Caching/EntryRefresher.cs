using System.Collections.Concurrent;
using System.Data.Common;

namespace Harness.Target.Inventory.Caching;

/// <summary>Puts products that changed in the database into the cache, in the background: at most one load of each product at a time,
/// and one more for all changes that came meanwhile. While the cache is away it tries again until the cache has been told.</summary>
public sealed class EntryRefresher(ProductLoader loader, ProductEntries entries, EntryOrder order, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromMilliseconds(250);
    private readonly CancellationTokenSource _ending = new();

    // The value says whether the product has changed again since its load began.
    private readonly ConcurrentDictionary<string, bool> _running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _untold = new(StringComparer.Ordinal);

    /// <summary>Whether the cache could not yet be told of a change of the product, so that its entry is old.</summary>
    public bool IsUntold(string sku) => _untold.ContainsKey(sku);

    /// <summary>Does not wait and does not fail.</summary>
    /// <param name="untold">Whether the cache is known to be away.</param>
    public void Begin(string sku, bool untold = false)
    {
        if (untold)
            _untold[sku] = true;
        if (_running.AddOrUpdate(sku, false, (_, _) => true) is false)
            _ = RunAsync(sku);
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private async Task RunAsync(string sku)
    {
        var ending = _ending.Token;
        await Task.Yield();
        do
        {
            _running[sku] = false;
            while (!await TryRefreshAsync(sku) && !ending.IsCancellationRequested)
                await Task.Delay(RetryEvery, time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!_running.TryRemove(KeyValuePair.Create(sku, false)));
    }

    private async Task<bool> TryRefreshAsync(string sku)
    {
        try
        {
            while (await loader.LoadAsync(sku, CancellationToken.None) is { } loaded && !await order.TryPutAsync(sku, loaded))
                continue;
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            _untold[sku] = true;
            return false;
        }
        catch (DbException)
        {
            // The next read loads it, or says that it cannot.
            entries.Drop(sku);
        }

        _untold.TryRemove(sku, out _);
        return true;
    }
}
