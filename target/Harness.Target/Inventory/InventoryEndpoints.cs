using Harness.Target.Inventory.Caching;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Requests;
using Harness.Target.Storage;

namespace Harness.Target.Inventory;

/// <summary>Products: reading them, changing what they cost, and adding to their stock. A change answers the product as it made it, so that
/// whoever made it knows its version.</summary>
public sealed class InventoryEndpoints(IStore store, ProductCache cache, IProductWrites writes, Reads reads)
{
    private const long PriceCentsMax = 100_000_000;
    private const long RestockMost = 1_000_000;

    public void Map(WebApplication app, BusInspector bus)
    {
        app.MapGet("/products", () => Results.Json(store.Read(Shelf.Skus), TargetJson.Default.IReadOnlyListString));
        app.MapGet("/products/{sku}", async (string sku, CancellationToken cancellationToken) =>
            (reads == Reads.Cached ? await cache.ReadAsync(sku, cancellationToken) : cache.ReadStrong(sku)) is { } product
                ? Results.Bytes(product, "application/json; charset=utf-8")
                : NoSuchProduct()).Produces<Product>();
        app.MapPut("/products/{sku}/price", RepriceAsync).WithMetadata(new BodyShape(new BodyField("priceCents", 0, PriceCentsMax))).Produces<Product>();
        app.MapPost("/products/{sku}/restock", RestockAsync).WithMetadata(new BodyShape(new BodyField("quantity", 1, RestockMost))).Produces<Product>();
        app.MapGet("/audit", async (CancellationToken cancellationToken) =>
        {
            var counts = await bus.CountAsync(cancellationToken);
            var writeBack = await writes.AuditAsync(cancellationToken);
            return Results.Json(store.Read(connection => InventoryAudit.Take(connection, counts, writeBack)), TargetJson.Default.InventoryAudit);
        });
        app.MapGet("/audit/rest", async (CancellationToken cancellationToken) =>
        {
            // Not knowing how many are dirty is not being at rest.
            var dirty = Math.Abs((await writes.AuditAsync(cancellationToken))?.DirtyProducts ?? 0);
            return Results.Json(await bus.RestAsync(store, _ => dirty, cancellationToken), TargetJson.Default.RestState);
        });
    }

    private async Task<IResult> RepriceAsync(string sku, HttpRequest request, CancellationToken cancellationToken)
    {
        using var fields = await RequestFields.ReadAsync(request, "{\"priceCents\":1250}.", cancellationToken);
        var priceCents = fields.Whole("priceCents", 0, PriceCentsMax);
        return fields.IsSound ? await ChangedAsync(() => writes.RepriceAsync(sku, priceCents, cancellationToken)) : fields.ToResult();
    }

    private async Task<IResult> RestockAsync(string sku, HttpRequest request, CancellationToken cancellationToken)
    {
        using var fields = await RequestFields.ReadAsync(request, "{\"quantity\":5}.", cancellationToken);
        var quantity = fields.Whole("quantity", 1, RestockMost);
        return fields.IsSound ? await ChangedAsync(() => writes.RestockAsync(sku, quantity, cancellationToken)) : fields.ToResult();
    }

    private static async Task<IResult> ChangedAsync(Func<Task<Product?>> change)
    {
        try
        {
            return await change() is { } product ? Results.Json(product, TargetJson.Default.Product) : NoSuchProduct();
        }
        catch (CacheAwayException e)
        {
            return new CacheAwayAnswer(e);
        }
    }

    private static IResult NoSuchProduct() => Results.Problem(statusCode: 404, detail: "There is no such product.");
}
