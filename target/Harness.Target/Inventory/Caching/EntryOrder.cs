using System.Collections.Concurrent;

namespace Harness.Target.Inventory.Caching;

/// <summary>Puts entries into the cache so that none ever follows a newer one, not even after that was evicted: a load that a write overtakes, and that ends
/// when the entry of the write is gone again, would find nothing in the cache to give way to.</summary>
/// <remarks>Each product's puts take turns, and the version of each is remembered before it is sent. Of other processes' puts nothing is known here, so between
/// processes only a living entry keeps the past away.</remarks>
/// <param name="remembers">False where versions may be lost with the cache, and what was the newest may never come again.</param>
public sealed class EntryOrder(ProductEntries entries, bool remembers)
{
    private readonly ConcurrentDictionary<string, long> _newest = new(StringComparer.Ordinal);

    // Products share a gate now and then, which costs little.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Puts what was loaded into the cache, unless something newer is or was there.</summary>
    /// <returns>False when it is old, and must be loaded again.</returns>
    /// <exception cref="Exception">Redis is away: <see cref="CacheLink.IsAway"/>.</exception>
    public async Task<bool> TryPutAsync(string sku, LoadedProduct loaded)
    {
        if (!remembers)
            return await entries.PutUnlessNewerAsync(sku, loaded, CancellationToken.None);
        var gate = _gates[(uint)StringComparer.Ordinal.GetHashCode(sku) % (uint)_gates.Length];
        await gate.WaitAsync();
        try
        {
            if (IsOld(sku, loaded.Entry.Version))
                return false;
            _newest[sku] = loaded.Entry.Version;
            return await entries.PutUnlessNewerAsync(sku, loaded, CancellationToken.None);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Whether a newer version was put.</summary>
    public bool IsOld(string sku, long version) => _newest.TryGetValue(sku, out var newest) && newest > version;
}
