using System.Data;
using System.Globalization;
using Dapper;
using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Inventory;

/// <summary>Products, their stock, and the journal of every change of it.</summary>
public static class Shelf
{
    // What was decided for an order; it never changes but from Reserved to one of the others.
    private const long Refused = 0, Sold = 1, Reserved = 2;
    private const string ProductColumns = "sku, name, price_cents, on_hand - reserved AS available, version";
    private const string Deciding = "INSERT INTO decisions VALUES (@orderId, @decision);";

    // Statements that belong together go to the database in one trip: over a proxied edge the trips are what an order costs.
    private static readonly string Restocking = Move("restock", onHand: 1, reserved: 0);
    private static readonly string Reserving = Move("reserve", onHand: 0, reserved: 1);
    private static readonly string Releasing = Move("release", onHand: 0, reserved: -1);
    private static readonly string Selling = Move("commit", onHand: -1, reserved: -1);
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
        connection.Execute(Restocking, new { sku, orderId = (string?)null, quantity });
        return Find(connection, sku);
    }

    /// <summary>Reserves and sells pieces for an order, when there are enough.</summary>
    /// <param name="enough">What the caller has found out about the stock; null to look here, inside the transaction.</param>
    /// <returns>Whether they were taken; null when this order was decided before, and nothing was done.</returns>
    public static bool? Take(IDbConnection connection, string orderId, string sku, long quantity, bool? enough = null) =>
        Decide(connection, orderId, sku, quantity, enough, Sold, Reserving + Selling);

    /// <summary>The same beside other writers, whose turn it need not be: the product is locked first. PostgreSQL only.</summary>
    /// <returns>Whether they were taken.</returns>
    public static bool TakeLocked(IDbConnection connection, string orderId, string sku, long quantity)
    {
        connection.Execute("SELECT 1 FROM products WHERE sku = @sku FOR UPDATE", new { sku });
        return Take(connection, orderId, sku, quantity) == true;
    }

    /// <summary>Of what an order has taken pieces.</summary>
    /// <exception cref="InvalidOperationException">It has taken none.</exception>
    public static string SkuOf(IDbConnection connection, string orderId) =>
        connection.QueryFirst<string>("SELECT sku FROM journal WHERE order_id = @orderId", new { orderId });

    /// <summary>Reserves pieces for an order, when there are enough; <see cref="Sell"/> or <see cref="Release"/> comes later.</summary>
    /// <inheritdoc cref="Take"/>
    public static bool? Reserve(IDbConnection connection, string orderId, string sku, long quantity, bool? enough = null) =>
        Decide(connection, orderId, sku, quantity, enough, Reserved, Reserving);

    /// <summary>Sells what was reserved; harmless when it was sold before.</summary>
    /// <exception cref="InvalidOperationException">Nothing is reserved: no coordinator asks for that.</exception>
    public static void Sell(IDbConnection connection, string orderId, string sku, long quantity)
    {
        var decision = Decision(connection, orderId);
        if (decision == Sold)
            return;
        if (decision != Reserved)
            throw new InvalidOperationException($"Nothing is reserved for order {orderId}.");
        Redecide(connection, orderId, Sold, Selling, sku, quantity);
    }

    /// <summary>
    /// Gives back what was reserved. An order that nothing was reserved for is refused, so that a reservation which comes late finds the matter
    /// decided.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is sold already: no coordinator asks for that.</exception>
    public static void Release(IDbConnection connection, string orderId, string sku, long quantity)
    {
        if (Refuse(connection, orderId) || Decision(connection, orderId) is not { } decision || decision == Refused)
            return;
        if (decision != Reserved)
            throw new InvalidOperationException($"What was reserved for order {orderId} is sold.");
        Redecide(connection, orderId, Refused, Releasing, sku, quantity);
    }

    /// <summary>Decides that an order gets nothing, unless it was decided before.</summary>
    /// <returns>Whether it is decided now and was not before.</returns>
    public static bool Refuse(IDbConnection connection, string orderId) =>
        connection.Execute("INSERT INTO decisions VALUES (@orderId, @Refused) ON CONFLICT DO NOTHING", new { orderId, Refused }) == 1;

    /// <summary><c>RESERVED</c>, <c>SOLD</c> or <c>REFUSED</c>, which is also what an order without a decision gets.</summary>
    public static string StatusOf(IDbConnection connection, string orderId) => Decision(connection, orderId) switch
    {
        Sold => "SOLD",
        Reserved => "RESERVED",
        _ => "REFUSED",
    };

    private static long? Decision(IDbConnection connection, string orderId) =>
        connection.ExecuteScalar<long?>("SELECT taken FROM decisions WHERE order_id = @orderId", new { orderId });

    /// <param name="moves">What to do when there is enough.</param>
    private static bool? Decide(IDbConnection connection, string orderId, string sku, long quantity, bool? enough, long whenEnough, string moves)
    {
        var (decided, available) = connection.QuerySingle<(long?, long?)>(
            "SELECT (SELECT taken FROM decisions WHERE order_id = @orderId), (SELECT on_hand - reserved FROM products WHERE sku = @sku)", new { orderId, sku });
        if (decided is not null)
            return null;
        var taken = enough ?? available >= quantity;
        connection.Execute(taken ? Deciding + moves : Deciding, new { orderId, decision = taken ? whenEnough : Refused, sku, quantity });
        return taken;
    }

    private static void Redecide(IDbConnection connection, string orderId, long decision, string moves, string sku, long quantity) =>
        connection.Execute("UPDATE decisions SET taken = @decision WHERE order_id = @orderId;" + moves, new { orderId, decision, sku, quantity });

    private static string Move(string kind, int onHand, int reserved) => string.Create(CultureInfo.InvariantCulture, $"""
        UPDATE products SET on_hand = on_hand + {onHand} * @quantity, reserved = reserved + {reserved} * @quantity, version = version + 1 WHERE sku = @sku;
        INSERT INTO journal (sku, order_id, kind, quantity, on_hand, reserved)
        SELECT sku, @orderId, '{kind}', @quantity, on_hand, reserved FROM products WHERE sku = @sku;
        """);
}

/// <summary>A product as everybody sees it.</summary>
/// <param name="Available">On hand and not reserved.</param>
/// <param name="Version">Rises with every change of price or stock.</param>
public sealed record Product(string Sku, string Name, long PriceCents, long Available, long Version);
