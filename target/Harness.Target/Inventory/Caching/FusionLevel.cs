using Microsoft.Extensions.Caching.Distributed;

namespace Harness.Target.Inventory.Caching;

/// <summary>Shows <see cref="ProductEntries"/> to FusionCache, whose keys are the SKUs.</summary>
internal sealed class FusionLevel(ProductEntries entries, CacheFill fill, CacheMetrics metrics) : IDistributedCache
{
    private const string AsyncOnly = "Products are asked for asynchronously only.";

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) => (await entries.GetAsync(key, token))?.ToBytes();

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        // How long it lives, the entry itself says; an absent product is not remembered.
        if (CachedProduct.Read(value) is not { } entry)
            return;
        try
        {
            await fill.StoreAsync(key, entry, token);
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            metrics.Bypasses.Add(); // It was read, it just could not be kept.
        }
    }

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        entries.Drop(key);
        return Task.CompletedTask;
    }

    public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask; // Nothing slides.

    public byte[] Get(string key) => throw new NotSupportedException(AsyncOnly);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException(AsyncOnly);

    public void Remove(string key) => throw new NotSupportedException(AsyncOnly);

    public void Refresh(string key) => throw new NotSupportedException(AsyncOnly);
}
