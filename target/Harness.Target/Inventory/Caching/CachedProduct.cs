using System.Buffers.Binary;
using System.Text.Json;

namespace Harness.Target.Inventory.Caching;

/// <summary>A product as it lies in the cache: the JSON that readers get, behind a header that only the cache reads.</summary>
/// <param name="Json">The product, ready to be sent.</param>
/// <param name="Version">The version that the JSON shows.</param>
/// <param name="FreshUntil">When its time is over. By the wall clock, which the processes that share a cache must agree on.</param>
/// <param name="LoadTook">What it took to read it from the database.</param>
/// <remarks>The bytes: format 1, version (8, little-endian), ticks of <see cref="FreshUntil"/> (8), ticks of <see cref="LoadTook"/> (8), JSON.</remarks>
public sealed record CachedProduct(ReadOnlyMemory<byte> Json, long Version, DateTimeOffset FreshUntil, TimeSpan LoadTook)
{
    private const byte Format = 1;
    private const int HeaderBytes = 25;

    public static CachedProduct Of(Product product, DateTimeOffset freshUntil, TimeSpan loadTook) =>
        new(JsonSerializer.SerializeToUtf8Bytes(product, TargetJson.Default.Product), product.Version, freshUntil, loadTook);

    /// <summary>Null for bytes that are not ours: they count as a miss, and the next load replaces them.</summary>
    public static CachedProduct? Read(byte[]? bytes)
    {
        if (bytes is null || bytes.Length <= HeaderBytes || bytes[0] != Format)
            return null;
        var (fresh, took) = (BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(9)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(17)));
        return fresh < 0 || fresh > DateTimeOffset.MaxValue.UtcTicks
            ? null
            : new(bytes.AsMemory(HeaderBytes), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(1)), new DateTimeOffset(fresh, TimeSpan.Zero), new TimeSpan(took));
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderBytes + Json.Length];
        bytes[0] = Format;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(1), Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(9), FreshUntil.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(17), LoadTook.Ticks);
        Json.Span.CopyTo(bytes.AsSpan(HeaderBytes));
        return bytes;
    }

    public Product ToProduct() => JsonSerializer.Deserialize(Json.Span, TargetJson.Default.Product)!;
}
