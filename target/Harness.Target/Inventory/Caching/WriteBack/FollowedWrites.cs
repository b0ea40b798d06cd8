using System.Data;
using Dapper;

namespace Harness.Target.Inventory.Caching.WriteBack;

/// <summary>Up to which write of each product's price the database has followed the cache. It makes a flush harmless when it comes twice,
/// and lets whoever reads the database add what is still on its way.</summary>
public static class FollowedWrites
{
    public static void Migrate(IDbConnection connection) => connection.Execute(
        "CREATE TABLE IF NOT EXISTS followed_writes (sku TEXT PRIMARY KEY REFERENCES products (sku), writes BIGINT NOT NULL)");

    /// <summary>0 for a product whose price was never written this way.</summary>
    public static long Of(IDbConnection connection, string sku) =>
        connection.ExecuteScalar<long?>("SELECT writes FROM followed_writes WHERE sku = @sku", new { sku }) ?? 0;

    /// <summary>The product as it will be when the database has followed.</summary>
    /// <param name="pending">Read from Redis before the database is: what is written in between is then missing here, and not counted twice.</param>
    /// <returns>Null when there is no such product; its version counts the writes that are on their way.</returns>
    public static Product? Find(IDbConnection connection, string sku, PendingPrice? pending)
    {
        if (Shelf.Find(connection, sku) is not { } product || pending is not { } newest)
            return Shelf.Find(connection, sku);
        var ahead = newest.Writes - Of(connection, sku);
        return ahead > 0 ? product with { PriceCents = newest.PriceCents, Version = product.Version + ahead } : product;
    }

    /// <summary>Writes a price and every version up to it, unless the database has it already.</summary>
    /// <returns>How many writes it was behind.</returns>
    public static long Follow(IDbConnection connection, string sku, PendingPrice pending)
    {
        var behind = pending.Writes - Of(connection, sku);
        if (behind <= 0)
            return 0;
        var found = connection.Execute(
            "UPDATE products SET price_cents = @PriceCents, version = version + @behind WHERE sku = @sku", new { sku, pending.PriceCents, behind });
        if (found == 0)
            return 0;
        connection.Execute(
            "INSERT INTO followed_writes VALUES (@sku, @Writes) ON CONFLICT (sku) DO UPDATE SET writes = excluded.writes", new { sku, pending.Writes });
        return behind;
    }
}
