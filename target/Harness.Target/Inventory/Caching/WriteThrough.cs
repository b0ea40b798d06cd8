using Harness.Target.Storage;

namespace Harness.Target.Inventory.Caching;

/// <summary>The database is written, then the cache, and only then the change is acknowledged: whoever reads after that sees it, in every
/// process. Versions in the cache never go back while an entry lives.</summary>
/// <remarks>The cache is asked before the database is written, so that a cut refuses the write (503, nothing changed). When
/// it goes away in between, the answer is that nobody knows (504): the database has the change, this process reads the product there until the cache
/// has been told, and other processes may see the old entry until then.</remarks>
/// <param name="writesBack">Whether prices may be on their way from the cache to the database: then readers see those too, and so must the answer.</param>
public sealed class WriteThrough(IStore store, PriceWriter prices, ProductEntries entries, EntryOrder order, ProductLoader loader, EntryRefresher refresher, bool writesBack) : IProductWrites
{
    public Task<Product?> RepriceAsync(string sku, long priceCents, CancellationToken cancellationToken) =>
        ChangeAsync(sku, () => prices.WriteAsync(sku, priceCents), cancellationToken);

    public Task<Product?> RestockAsync(string sku, long quantity, CancellationToken cancellationToken) =>
        ChangeAsync(sku, () => store.WriteAsync(connection => Shelf.Restock(connection, sku, quantity), CancellationToken.None), cancellationToken);

    public void Changed(string sku) => refresher.Begin(sku);

    public bool IsUntold(string sku) => refresher.IsUntold(sku);

    private async Task<Product?> ChangeAsync(string sku, Func<Task<Product?>> write, CancellationToken cancellationToken)
    {
        CachedProduct? before;
        try
        {
            before = await entries.GetAsync(sku, cancellationToken);
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            throw new CacheAwayException(happened: false, e);
        }

        // No token from here on: a client that leaves takes no write back, and the cache must be told of it.
        if (await write() is not { } product)
            return null;
        try
        {
            if (writesBack)
                return await ReloadAsync(sku);
            // Old already: a later write has put its own.
            await order.TryPutAsync(sku, new(loader.Fresh(product, before?.LoadTook ?? TimeSpan.Zero), HoldsWhile: null));
            return product;
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            refresher.Begin(sku, untold: true);
            throw new CacheAwayException(happened: true, e);
        }
    }

    private async Task<Product?> ReloadAsync(string sku)
    {
        while (await loader.LoadAsync(sku, CancellationToken.None) is { } loaded)
        {
            if (await order.TryPutAsync(sku, loaded))
                return loaded.Entry.ToProduct();
        }

        return null;
    }
}
