using Harness.Target.Storage;

namespace Harness.Target.Inventory.Caching;

/// <summary>The database is written and the cache's entry dropped; the next read loads it. A cut cache stops no write: its entry is then
/// seen until its time is over.</summary>
public sealed class WriteAside(IStore store, PriceWriter prices, ProductEntries entries) : IProductWrites
{
    public Task<Product?> RepriceAsync(string sku, long priceCents, CancellationToken cancellationToken) =>
        ChangeAsync(sku, prices.WriteAsync(sku, priceCents));

    public Task<Product?> RestockAsync(string sku, long quantity, CancellationToken cancellationToken) =>
        ChangeAsync(sku, store.WriteAsync(connection => Shelf.Restock(connection, sku, quantity), CancellationToken.None));

    public void Changed(string sku) => entries.Drop(sku);

    /// <remarks>No token: a client that leaves takes no write back, and then nobody would drop the entry.</remarks>
    private async Task<Product?> ChangeAsync(string sku, Task<Product?> written)
    {
        var product = await written;
        if (product is not null)
            entries.Drop(sku);
        return product;
    }
}
