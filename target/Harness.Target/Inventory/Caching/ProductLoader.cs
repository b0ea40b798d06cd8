using System.Text.Json;
using Harness.Target.Inventory.Caching.WriteBack;
using Harness.Target.Storage;
using StackExchange.Redis;

namespace Harness.Target.Inventory.Caching;

/// <summary>Reads products from the database, for the cache or past it.</summary>
/// <param name="writesBack">Whether Redis may know of prices that the database does not have yet.</param>
public sealed class ProductLoader(IStore store, CacheLink link, TimeToLive timeToLive, TimeProvider time, bool writesBack)
{
    /// <summary>The product as JSON, straight from the database; null when there is no such product.</summary>
    public byte[]? ReadJson(string sku) =>
        store.Read(connection => Shelf.Find(connection, sku)) is { } product
            ? JsonSerializer.SerializeToUtf8Bytes(product, TargetJson.Default.Product)
            : null;

    /// <summary>An entry to put into the cache; null when there is no such product.</summary>
    /// <exception cref="Exception">Redis had to be asked and is away: <see cref="CacheLink.IsAway"/>.</exception>
    public async Task<LoadedProduct?> LoadAsync(string sku, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var price = writesBack
            ? await link.AskAsync(static (redis, key) => redis.StringGetAsync(key), PendingPrice.Key(sku), cancellationToken)
            : RedisValue.Null;
        var product = store.Read(connection => writesBack ? FollowedWrites.Find(connection, sku, PendingPrice.Read(price)) : Shelf.Find(connection, sku));
        return product is null ? null : new(
            Fresh(product, time.GetElapsedTime(began)),
            writesBack ? ProductEntries.Unchanged(PendingPrice.Key(sku), price) : null);
    }

    /// <summary>An entry that is fresh from now on.</summary>
    public CachedProduct Fresh(Product product, TimeSpan loadTook) => CachedProduct.Of(product, time.GetUtcNow() + timeToLive.Next(), loadTook);
}

/// <summary>What a load found.</summary>
/// <param name="HoldsWhile">What must still hold in Redis when it is stored, or it is old; null for nothing.</param>
public sealed record LoadedProduct(CachedProduct Entry, Condition? HoldsWhile);
