using Microsoft.Extensions.Caching.Distributed;

namespace Harness.Target.Inventory.Caching;

/// <summary>Lets FusionCache look into <see cref="ProductEntries"/>, by SKU. It only looks: loads put their entries in themselves, because some may be put on
/// conditions that this contract has no words for.</summary>
internal sealed class FusionLevel(ProductEntries entries) : IDistributedCache
{
    private const string OnlyLooks = "FusionCache only looks, asynchronously.";

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default) => (await entries.GetAsync(key, token))?.ToBytes();

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default) => throw new NotSupportedException(OnlyLooks);

    public Task RemoveAsync(string key, CancellationToken token = default) => throw new NotSupportedException(OnlyLooks);

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException(OnlyLooks);

    public byte[] Get(string key) => throw new NotSupportedException(OnlyLooks);

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException(OnlyLooks);

    public void Remove(string key) => throw new NotSupportedException(OnlyLooks);

    public void Refresh(string key) => throw new NotSupportedException(OnlyLooks);
}
