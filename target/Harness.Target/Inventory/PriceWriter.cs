using Harness.Target.Storage;

namespace Harness.Target.Inventory;

/// <summary>Writes a price to the database.</summary>
public sealed class PriceWriter(IStore store, TimeProvider time, ServiceOptions options)
{
    // Long enough that another price is written between the reading and the writing.
    private static readonly TimeSpan RaceWindow = TimeSpan.FromMilliseconds(25);

    /// <summary>Sets a price in one statement, so that nobody's change is lost.</summary>
    /// <remarks>No token: a client that leaves takes no write back.</remarks>
    /// <returns>The product as the change made it; null when there is no such product.</returns>
    public Task<Product?> WriteAsync(string sku, long priceCents) => options.Bug == Bug.LostPriceUpdate
        ? OverwriteAsync(sku, priceCents)
        : store.WriteAsync(connection => Shelf.Reprice(connection, sku, priceCents), CancellationToken.None);

    private async Task<Product?> OverwriteAsync(string sku, long priceCents)
    {
        if (store.ReadOne(connection => Shelf.Find(connection, sku)) is not { } seen)
            return null;
        await Task.Delay(RaceWindow, time);
        return await store.WriteAsync(connection => Shelf.Overwrite(connection, seen, priceCents), CancellationToken.None);
    }
}
