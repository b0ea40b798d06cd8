using Harness.Target.Storage;

namespace Harness.Target.Inventory.Caching;

/// <summary>The database is written, then the cache, and only then the change is acknowledged: whoever reads after that sees it, in every
/// process. Versions in the cache never go back while an entry lives.</summary>
/// <remarks>The cache is asked before the database is written, so that a cut refuses the write (503, nothing changed). When
/// it goes away in between, the answer is that nobody knows (504): the database has the change, and readers see it once the old entry's time is over.</remarks>
/// <param name="writesBack">Whether prices may be on their way from the cache to the database: then readers see those too, and so must the answer.</param>
public sealed class WriteThrough(IStore store, ProductEntries entries, ProductLoader loader, EntryRefresher refresher, bool writesBack) : IProductWrites
{
    public Task<Product?> RepriceAsync(string sku, long priceCents, CancellationToken cancellationToken) =>
        ChangeAsync(sku, () => store.WriteAsync(connection => Shelf.Reprice(connection, sku, priceCents), cancellationToken), cancellationToken);

    public Task<Product?> RestockAsync(string sku, long quantity, CancellationToken cancellationToken) =>
        ChangeAsync(sku, () => store.WriteAsync(connection => Shelf.Restock(connection, sku, quantity), cancellationToken), cancellationToken);

    public void Changed(string sku) => refresher.Begin(sku);

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

        if (await write() is not { } product)
            return null;
        try
        {
            if (writesBack)
                return await ReloadAsync(sku, cancellationToken);
            await entries.PutUnlessNewerAsync(sku, new(loader.Fresh(product, before?.LoadTook ?? TimeSpan.Zero), HoldsWhile: null), cancellationToken);
            return product;
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            throw new CacheAwayException(happened: true, e);
        }
    }

    private async Task<Product?> ReloadAsync(string sku, CancellationToken cancellationToken)
    {
        while (await loader.LoadAsync(sku, cancellationToken) is { } loaded)
        {
            if (await entries.PutUnlessNewerAsync(sku, loaded, cancellationToken))
                return loaded.Entry.ToProduct();
        }

        return null;
    }
}
