using System.Text.Json;
using Harness.Target.Storage;

namespace Harness.Target.Inventory.Caching;

/// <summary>Reads products from the database, for the cache or past it.</summary>
public sealed class ProductLoader(IStore store, TimeToLive timeToLive, TimeProvider time)
{
    /// <summary>The product as JSON, straight from the database; null when there is no such product.</summary>
    public byte[]? ReadJson(string sku) =>
        store.Read(connection => Shelf.Find(connection, sku)) is { } product
            ? JsonSerializer.SerializeToUtf8Bytes(product, TargetJson.Default.Product)
            : null;

    /// <summary>An entry to put into the cache; null when there is no such product.</summary>
    public Task<CachedProduct?> LoadAsync(string sku, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var began = time.GetTimestamp();
        var product = store.Read(connection => Shelf.Find(connection, sku));
        return Task.FromResult(product is null ? null : Fresh(product, time.GetElapsedTime(began)));
    }

    /// <summary>An entry that is fresh from now on.</summary>
    public CachedProduct Fresh(Product product, TimeSpan loadTook) => CachedProduct.Of(product, time.GetUtcNow() + timeToLive.Next(), loadTook);
}
