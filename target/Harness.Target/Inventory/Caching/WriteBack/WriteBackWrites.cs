using Harness.Target.Observability;
using Harness.Target.Storage;
using Polly;
using Polly.Timeout;

namespace Harness.Target.Inventory.Caching.WriteBack;

/// <summary>Prices are acknowledged when the cache has them; <see cref="WriteBackFlusher"/> brings them to the database later, many at once, and of
/// each product only the newest. Whoever reads through the cache sees them at once, in every process.</summary>
/// <remarks>
/// <para>Stock is written through: its journal must have every movement.</para>
/// <para>A version counts the changes in the database and the writes on their way to it; so it is the same before and after a flush, and the
/// versions that were acknowledged are missing from the database exactly when their writes are.</para>
/// <para>At most <c>dirtyMax</c> products wait (another process that writes at the same moment may add its own); a further
/// product's price is written through. What the cache loses, the acknowledged writes that wait, is lost and counted.
/// A process that dies loses none. Readers who go past the cache (it is cut, or <c>--reads strong</c>) see what the database has.</para>
/// </remarks>
public sealed class WriteBackWrites(
    IStore store, DirtyProducts dirty, ProductEntries entries, ProductLoader loader, WriteThrough through, WriteBackTally tally, MetricRegistry registry, TimeProvider time, int dirtyMax)
    : IProductWrites
{
    private const int RacesMax = 16;
    private readonly Counter _full = registry.Counter("cache_write_back_full_total", "Prices written through because enough products were waiting.");

    // Writers of one product would only make each other try again; those of others share a gate now and then, which costs little.
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<Product?> RepriceAsync(string sku, long priceCents, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)StringComparer.Ordinal.GetHashCode(sku) % (uint)_gates.Length];
        await gate.WaitAsync(cancellationToken);
        try
        {
            for (var race = 0; race < RacesMax; race++)
            {
                var seen = await SeeAsync(sku, cancellationToken);
                if (!seen.IsDirty && seen.DirtyCount >= dirtyMax)
                {
                    _full.Add();
                    return await through.RepriceAsync(sku, priceCents, cancellationToken);
                }

                if (Base(sku, seen) is not var (product, writes))
                    return null;
                if (await TryWriteAsync(product with { PriceCents = priceCents, Version = product.Version + 1 }, writes + 1, seen, cancellationToken) is { } written)
                    return written;
            }

            throw new CacheAwayException(happened: false, new TimeoutException("Others wrote the same product all the time."));
        }
        finally
        {
            gate.Release();
        }
    }

    public Task<Product?> RestockAsync(string sku, long quantity, CancellationToken cancellationToken) => through.RestockAsync(sku, quantity, cancellationToken);

    public void Changed(string sku) => through.Changed(sku);

    public bool IsUntold(string sku) => through.IsUntold(sku);

    public async Task<WriteBackAudit?> AuditAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Audit(await dirty.CountAsync(cancellationToken));
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            return Audit(-1);
        }
    }

    private WriteBackAudit Audit(long dirtyProducts) => new(tally.Acknowledged, tally.Waiting, tally.Lost, dirtyProducts);

    private async Task<DirtyProducts.Seen> SeeAsync(string sku, CancellationToken cancellationToken)
    {
        try
        {
            return await dirty.SeeAsync(sku, cancellationToken);
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            throw new CacheAwayException(happened: false, e);
        }
    }

    /// <summary>What the write is made on: the entry, or the database when there is none or nobody has counted the writes.</summary>
    private (Product Product, long Writes)? Base(string sku, DirtyProducts.Seen seen)
    {
        var pending = PendingPrice.Read(seen.Price);
        if (pending is { } known && CachedProduct.Read(seen.Entry) is { } entry && entry.FreshUntil > time.GetUtcNow())
            return (entry.ToProduct(), known.Writes);
        return store.Read<(Product, long)?>(connection => FollowedWrites.Find(connection, sku, pending) is { } product
            ? (product, Math.Max(pending?.Writes ?? 0, FollowedWrites.Of(connection, sku)))
            : null);
    }

    private async Task<Product?> TryWriteAsync(Product product, long writes, DirtyProducts.Seen seen, CancellationToken cancellationToken)
    {
        var entry = loader.Fresh(product, CachedProduct.Read(seen.Entry)?.LoadTook ?? TimeSpan.Zero);
        try
        {
            // No token: whether it was written must be known, for the tally's sake.
            cancellationToken.ThrowIfCancellationRequested();
            if (!await dirty.WriteAsync(product.Sku, seen, new PendingPrice(writes, product.PriceCents), entry, entries.Lives(entry), CancellationToken.None))
                return null;
        }
        catch (Exception e) when (CacheLink.IsAway(e))
        {
            throw new CacheAwayException(happened: e is not ExecutionRejectedException or TimeoutRejectedException, e);
        }

        tally.Acknowledge(product.Sku, writes);
        return product;
    }
}
