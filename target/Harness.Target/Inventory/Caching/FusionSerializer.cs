using ZiggyCreatures.Caching.Fusion.Internals.Distributed;
using ZiggyCreatures.Caching.Fusion.Serialization;

namespace Harness.Target.Inventory.Caching;

/// <summary>Turns FusionCache's entries into ours and back; the bytes are those of <see cref="CachedProduct"/>.</summary>
internal sealed class FusionSerializer : IFusionCacheSerializer
{
    public byte[] Serialize<T>(T? obj) => obj is FusionCacheDistributedEntry<CachedProduct?> { Value: { } entry } ? entry.ToBytes() : [];

    public T? Deserialize<T>(byte[] data) =>
        CachedProduct.Read(data) is { } entry
        && new FusionCacheDistributedEntry<CachedProduct?>(entry, entry.FreshUntil.UtcTicks, entry.FreshUntil.UtcTicks, null, null) is T known
            ? known
            : default;

    public ValueTask<byte[]> SerializeAsync<T>(T? obj, CancellationToken token = default) => new(Serialize(obj));

    public ValueTask<T?> DeserializeAsync<T>(byte[] data, CancellationToken token = default) => new(Deserialize<T>(data));
}
