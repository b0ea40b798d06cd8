using Harness.Target.Inventory.Caching.WriteBack;

namespace Harness.Target.Inventory.Caching;

/// <summary>How a change of a product reaches the database and the cache.</summary>
public interface IProductWrites
{
    /// <summary>Sets a price.</summary>
    /// <returns>The product as the change made it; null when there is no such product.</returns>
    /// <exception cref="CacheAwayException">The change needs the cache, which is away.</exception>
    Task<Product?> RepriceAsync(string sku, long priceCents, CancellationToken cancellationToken);

    /// <summary>Adds to the stock.</summary>
    /// <returns>The product as the change made it; null when there is no such product.</returns>
    /// <exception cref="CacheAwayException">The change needs the cache, which is away.</exception>
    Task<Product?> RestockAsync(string sku, long quantity, CancellationToken cancellationToken);

    /// <summary>Somebody else, a sale for one, has changed the product in the database. It does not wait and does not fail.</summary>
    void Changed(string sku);

    /// <summary>Whether the cache's entry is known to be old, because the cache could not be told of a change.</summary>
    bool IsUntold(string sku) => false;

    /// <summary>What is owed to the database; null where nothing ever is.</summary>
    Task<WriteBackAudit?> AuditAsync(CancellationToken cancellationToken) => Task.FromResult<WriteBackAudit?>(null);
}

/// <summary>A write needs the cache, and the cache did not answer.</summary>
/// <param name="happened">False when surely nothing was changed; true when something may have been.</param>
public sealed class CacheAwayException(bool happened, Exception inner) : Exception(
    happened ? "The cache did not confirm the change; it may have been made." : "The cache is away, and nothing was changed; try again.", inner)
{
    public bool Happened => happened;
}
