namespace Harness.Target.Inventory.Caching;

/// <summary>What a read does that found nothing fresh: it gets the product from the database into the cache, alone or with others.</summary>
public interface IProductLoads
{
    /// <summary>Loads a product, or takes what somebody else has loaded since.</summary>
    /// <returns>Null when there is no such product.</returns>
    /// <exception cref="System.Data.Common.DbException">The database could not be read.</exception>
    Task<CachedProduct?> LoadAsync(string sku);
}
