using StackExchange.Redis;

namespace Harness.Target.Inventory.Caching.WriteBack;

/// <summary>The products of which the cache knows more than the database: a set in Redis, so that any process can bring the database up to
/// date, one that has just been started too.</summary>
public sealed class DirtyProducts(CacheLink link, ServiceOptions options)
{
    private static readonly RedisKey Key = "dirty:products";

    /// <summary>All of them, and of these and of <paramref name="others"/> the newest price.</summary>
    public async Task<IReadOnlyDictionary<string, RedisValue>> ReadAsync(IEnumerable<string> others, CancellationToken cancellationToken) =>
        await link.AskAsync(
            static async (redis, others) =>
            {
                var dirty = (await redis.SetMembersAsync(Key)).Select(sku => (string)sku!);
                string[] skus = [.. dirty.Union(others, StringComparer.Ordinal)];
                var values = skus.Length == 0 ? [] : await redis.StringGetAsync([.. skus.Select(PendingPrice.Key)]);
                return skus.Zip(values).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
            },
            others,
            cancellationToken);

    /// <summary>Takes out those whose price is still the one that the database now has.</summary>
    public async Task CleanAsync(IReadOnlyDictionary<string, RedisValue> followed, CancellationToken cancellationToken) =>
        await link.AskAsync(
            static (redis, followed) => Task.WhenAll(followed.Select(price =>
            {
                var transaction = redis.CreateTransaction();
                transaction.AddCondition(ProductEntries.Unchanged(PendingPrice.Key(price.Key), price.Value));
                _ = transaction.SetRemoveAsync(Key, price.Key);
                return transaction.ExecuteAsync();
            })),
            followed,
            cancellationToken);

    /// <summary>What a writer must know of a product, as of one moment or nearly so.</summary>
    public async Task<Seen> SeeAsync(string sku, CancellationToken cancellationToken) => await link.AskAsync(
        static async (redis, sku) =>
        {
            var values = redis.StringGetAsync([PendingPrice.Key(sku), ProductEntries.Key(sku)]);
            var (isDirty, count) = (redis.SetContainsAsync(Key, sku), redis.SetLengthAsync(Key));
            var both = await values;
            return new Seen(both[0], both[1], await isDirty, await count);
        },
        sku,
        cancellationToken);

    /// <summary>The cache's side of a write, all or nothing.</summary>
    /// <returns>False when somebody else has changed the product since it was seen, and nothing was written.</returns>
    public async Task<bool> WriteAsync(string sku, Seen seen, PendingPrice price, CachedProduct entry, TimeSpan entryLives, CancellationToken cancellationToken) =>
        await link.AskAsync(
            static (redis, write) =>
            {
                var transaction = redis.CreateTransaction();
                transaction.AddCondition(ProductEntries.Unchanged(PendingPrice.Key(write.sku), write.seen.Price));
                transaction.AddCondition(ProductEntries.Unchanged(ProductEntries.Key(write.sku), write.seen.Entry));
                _ = transaction.StringSetAsync(PendingPrice.Key(write.sku), write.price.ToValue());
                if (write.listed)
                    _ = transaction.SetAddAsync(Key, write.sku);
                _ = transaction.StringSetAsync(ProductEntries.Key(write.sku), write.bytes, write.entryLives);
                return transaction.ExecuteAsync();
            },
            (sku, seen, price, bytes: entry.ToBytes(), entryLives, listed: options.Bug != Bug.WriteBackLostOnCrash),
            cancellationToken);

    /// <summary>How many there are.</summary>
    public async Task<long> CountAsync(CancellationToken cancellationToken) =>
        await link.AskAsync(static (redis, key) => redis.SetLengthAsync(key), Key, cancellationToken);

    /// <param name="Price">A <see cref="PendingPrice"/>, or nothing.</param>
    /// <param name="Entry">A <see cref="CachedProduct"/>, or nothing.</param>
    public sealed record Seen(RedisValue Price, RedisValue Entry, bool IsDirty, long DirtyCount);
}
