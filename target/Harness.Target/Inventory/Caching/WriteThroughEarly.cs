namespace Harness.Target.Inventory.Caching;

/// <summary>Acknowledges a price when the cache has it and writes the database afterwards, which is wrong: <see cref="Bug.WriteThroughAcknowledgedEarly"/>.</summary>
public sealed class WriteThroughEarly(WriteThrough through, PriceWriter prices, ProductEntries entries, ProductLoader loader, TimeProvider time, ILogger<WriteThroughEarly> logger) : IProductWrites
{
    // What a busy queue of background work would take.
    private static readonly TimeSpan Behind = TimeSpan.FromMilliseconds(200);

    public async Task<Product?> RepriceAsync(string sku, long priceCents, CancellationToken cancellationToken)
    {
        try
        {
            if ((await entries.GetAsync(sku, cancellationToken) ?? (await loader.LoadAsync(sku, cancellationToken))?.Entry) is not { } before)
                return null;
            var product = before.ToProduct() with { PriceCents = priceCents, Version = before.Version + 1 };
            await entries.PutAsync(sku, loader.Fresh(product, before.LoadTook), CancellationToken.None);
            _ = WriteLaterAsync(sku, priceCents);
            return product;
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            throw new CacheAwayException(happened: true, e);
        }
    }

    public Task<Product?> RestockAsync(string sku, long quantity, CancellationToken cancellationToken) => through.RestockAsync(sku, quantity, cancellationToken);

    public void Changed(string sku) => through.Changed(sku);

    public bool IsUntold(string sku) => through.IsUntold(sku);

    private async Task WriteLaterAsync(string sku, long priceCents)
    {
        try
        {
            await Task.Delay(Behind, time);
            await prices.WriteAsync(sku, priceCents);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The price of {Sku} did not reach the database.", sku);
        }
    }
}
