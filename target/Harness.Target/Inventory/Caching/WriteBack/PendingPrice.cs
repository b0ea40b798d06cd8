using System.Globalization;
using StackExchange.Redis;

namespace Harness.Target.Inventory.Caching.WriteBack;

/// <summary>The newest price that was acknowledged for a product, as it lies in Redis: <c>writes:priceCents</c>.</summary>
/// <param name="Writes">How often the product's price was ever written this way; the database remembers up to which it has followed.</param>
public readonly record struct PendingPrice(long Writes, long PriceCents)
{
    /// <summary>Stays after it has reached the database: the count must go on from it.</summary>
    public static RedisKey Key(string sku) => "written:product:" + sku;

    public static PendingPrice? Read(RedisValue value)
    {
        var text = (string?)value;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0
            && long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var writes)
            && long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var priceCents)
            ? new PendingPrice(writes, priceCents)
            : null;
    }

    public RedisValue ToValue() => string.Create(CultureInfo.InvariantCulture, $"{Writes}:{PriceCents}");
}
