using StackExchange.Redis;

namespace Harness.Target.Inventory.Caching;

/// <summary>The entries of the cache, in Redis, where all processes share them. There is no level in a process above it: such a copy
/// could not be taken back by another process, and a write that was acknowledged would be invisible to some readers.</summary>
/// <param name="staleFor">How long an entry is kept after its time is over; zero for not at all.</param>
public sealed class ProductEntries(CacheLink link, TimeProvider time, TimeSpan staleFor)
{
    private const int RacesMax = 16;

    public static RedisKey Key(string sku) => "product:" + sku;

    /// <summary>The entry, fresh or not; null when there is none.</summary>
    public async ValueTask<CachedProduct?> GetAsync(string sku, CancellationToken cancellationToken) =>
        CachedProduct.Read(await link.AskAsync(static async (redis, key) => (byte[]?)await redis.StringGetAsync(key), Key(sku), cancellationToken));

    /// <summary>Puts an entry in the place of whatever was there.</summary>
    public async Task PutAsync(string sku, CachedProduct entry, CancellationToken cancellationToken) =>
        await link.AskAsync(
            static (redis, put) => redis.StringSetAsync(put.Key, put.Bytes, put.Lives),
            (Key: Key(sku), Bytes: entry.ToBytes(), Lives: Lives(entry)),
            cancellationToken);

    /// <summary>Puts an entry unless a newer version is there already, so that the shared version never goes back while an entry lives.</summary>
    /// <returns>False when what it holds no longer does, and it must be loaded again.</returns>
    /// <remarks>Compare and set by WATCH and MULTI, which every server that speaks Redis has.</remarks>
    public async Task<bool> PutUnlessNewerAsync(string sku, LoadedProduct loaded, CancellationToken cancellationToken)
    {
        var put = (Key: Key(sku), loaded.Entry.Version, loaded.HoldsWhile, Bytes: loaded.Entry.ToBytes(), Lives: Lives(loaded.Entry));
        for (var race = 0; race < RacesMax; race++)
        {
            var done = await link.AskAsync(
                static async (redis, put) =>
                {
                    var there = await redis.StringGetAsync(put.Key);
                    if (CachedProduct.Read(there) is { } other && other.Version > put.Version)
                        return Put.Done;
                    var transaction = redis.CreateTransaction();
                    transaction.AddCondition(Unchanged(put.Key, there));
                    var holds = put.HoldsWhile is null ? null : transaction.AddCondition(put.HoldsWhile);
                    _ = transaction.StringSetAsync(put.Key, put.Bytes, put.Lives);
                    return await transaction.ExecuteAsync() ? Put.Done : holds is { WasSatisfied: false } ? Put.Outdated : Put.Raced;
                },
                put,
                cancellationToken);
            if (done != Put.Raced)
                return done == Put.Done;
        }

        return true; // So many have written meanwhile that ours is old: theirs stands.
    }

    /// <summary>Drops an entry. Best effort: when it fails, its time to live bounds how long it is seen.</summary>
    public void Drop(string sku) => link.Tell(redis => redis.KeyDelete(Key(sku), CommandFlags.FireAndForget));

    /// <summary>That a string is what it was when it was read.</summary>
    public static Condition Unchanged(RedisKey key, RedisValue value) => value.IsNull ? Condition.KeyNotExists(key) : Condition.StringEqual(key, value);

    /// <summary>How long Redis keeps an entry.</summary>
    public TimeSpan Lives(CachedProduct entry)
    {
        var lives = entry.FreshUntil - time.GetUtcNow() + staleFor;
        return lives > TimeSpan.FromMilliseconds(1) ? lives : TimeSpan.FromMilliseconds(1);
    }

    private enum Put
    {
        Raced,
        Done,
        Outdated,
    }
}
