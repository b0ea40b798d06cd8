using System.Data;
using System.Globalization;
using Dapper;
using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Inventory;

/// <summary>Products, their stock, and the journal of every change of it.</summary>
public static class Shelf
{
    private const string ProductColumns = "sku, name, price_cents, on_hand - reserved AS available, version";
    private static readonly string[] Adjectives = ["amber", "brisk", "calm", "dusky", "early", "fine", "grand", "hollow"];
    private static readonly string[] Nouns = ["anvil", "basket", "candle", "drum", "easel", "funnel", "kettle", "lantern"];

    /// <summary>Tables, and in a new inventory the products.</summary>
    /// <param name="guarded">False leaves out the last guard against overselling, for the bug that needs it gone.</param>
    public static void Migrate(IDbConnection connection, SqlDialect dialect, int products, int stock, int seed, bool guarded)
    {
        connection.Execute($"""
            CREATE TABLE IF NOT EXISTS products (
                sku TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                price_cents BIGINT NOT NULL CHECK (price_cents >= 0),
                initial_stock BIGINT NOT NULL,
                on_hand BIGINT NOT NULL,
                reserved BIGINT NOT NULL CHECK (reserved >= 0),
                version BIGINT NOT NULL
                {(guarded ? ", CHECK (on_hand >= reserved)" : "")});
            CREATE TABLE IF NOT EXISTS journal (
                sequence {dialect.Sequence},
                sku TEXT NOT NULL REFERENCES products (sku),
                order_id TEXT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('restock', 'reserve', 'release', 'commit')),
                quantity BIGINT NOT NULL CHECK (quantity > 0),
                on_hand BIGINT NOT NULL,
                reserved BIGINT NOT NULL);
            CREATE TABLE IF NOT EXISTS decisions (order_id TEXT PRIMARY KEY, taken BIGINT NOT NULL);
            {Outbox.Schema(dialect)};
            {Inbox.Schema};
            """);
        if (connection.ExecuteScalar<long>("SELECT count(*) FROM products") > 0)
            return;
        var random = new Random(seed);
        connection.Execute(
            "INSERT INTO products VALUES (@Sku, @Name, @PriceCents, @Stock, @Stock, 0, 1)",
            Enumerable.Range(1, products).Select(number => new
            {
                Sku = string.Create(CultureInfo.InvariantCulture, $"sku-{number:D4}"),
                Name = $"{Adjectives[random.Next(Adjectives.Length)]} {Nouns[random.Next(Nouns.Length)]}",
                PriceCents = random.Next(100, 10_000),
                Stock = stock,
            }).ToList());
    }

    public static Product? Find(IDbConnection connection, string sku) =>
        connection.QuerySingleOrDefault<Product>($"SELECT {ProductColumns} FROM products WHERE sku = @sku", new { sku });

    public static IReadOnlyList<string> Skus(IDbConnection connection) => connection.Query<string>("SELECT sku FROM products ORDER BY sku").AsList();

    /// <returns>The product as it is now; null when there is no such product.</returns>
    public static Product? Reprice(IDbConnection connection, string sku, long priceCents)
    {
        connection.Execute("UPDATE products SET price_cents = @priceCents, version = version + 1 WHERE sku = @sku", new { sku, priceCents });
        return Find(connection, sku);
    }

    /// <summary>More of a product has come in.</summary>
    /// <returns>The product as it is now; null when there is no such product.</returns>
    public static Product? Restock(IDbConnection connection, string sku, long quantity)
    {
        if (Find(connection, sku) is null)
            return null;
        Move(connection, orderId: null, sku, "restock", quantity, onHand: quantity, reserved: 0);
        return Find(connection, sku);
    }

    /// <summary>Reserves and sells pieces for an order, when there are enough.</summary>
    /// <param name="enough">What the caller has found out about the stock; null to look here, inside the transaction.</param>
    /// <returns>Whether they were taken; null when this order was decided before, and nothing was done.</returns>
    public static bool? Take(IDbConnection connection, string orderId, string sku, long quantity, bool? enough = null)
    {
        if (connection.ExecuteScalar<long>("SELECT count(*) FROM decisions WHERE order_id = @orderId", new { orderId }) > 0)
            return null;
        var taken = enough ?? Find(connection, sku) is { } product && product.Available >= quantity;
        connection.Execute("INSERT INTO decisions VALUES (@orderId, @taken)", new { orderId, taken = taken ? 1L : 0L });
        if (!taken)
            return false;
        Move(connection, orderId, sku, "reserve", quantity, onHand: 0, reserved: quantity);
        Move(connection, orderId, sku, "commit", quantity, onHand: -quantity, reserved: -quantity);
        return true;
    }

    private static void Move(IDbConnection connection, string? orderId, string sku, string kind, long quantity, long onHand, long reserved)
    {
        connection.Execute(
            "UPDATE products SET on_hand = on_hand + @onHand, reserved = reserved + @reserved, version = version + 1 WHERE sku = @sku",
            new { sku, onHand, reserved });
        connection.Execute("""
            INSERT INTO journal (sku, order_id, kind, quantity, on_hand, reserved)
            SELECT sku, @orderId, @kind, @quantity, on_hand, reserved FROM products WHERE sku = @sku
            """, new { sku, orderId, kind, quantity });
    }
}

/// <summary>A product as everybody sees it.</summary>
/// <param name="Available">On hand and not reserved.</param>
/// <param name="Version">Rises with every change of price or stock.</param>
public sealed record Product(string Sku, string Name, long PriceCents, long Available, long Version);
