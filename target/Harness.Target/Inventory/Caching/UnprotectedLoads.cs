namespace Harness.Target.Inventory.Caching;

/// <summary>No protection: every miss reads the database. It is what shows a stampede.</summary>
public sealed class UnprotectedLoads(CacheFill fill) : IProductLoads
{
    public async Task<CachedProduct?> LoadAsync(string sku)
    {
        // The database is read synchronously, and whoever bounds the waiting must be able to leave.
        await Task.Yield();
        return await fill.FillAsync(sku);
    }
}
