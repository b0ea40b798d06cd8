using System.Text.Json;
using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Inventory;

/// <summary>Products: reading them, and changing what they cost.</summary>
public sealed class InventoryEndpoints(IStore store, ProductCache cache, Reads reads)
{
    private const long PriceCentsMax = 100_000_000;

    public void Map(WebApplication app, BusInspector bus)
    {
        app.MapGet("/products", () => Results.Json(store.Read(Shelf.Skus), TargetJson.Default.IReadOnlyListString));
        app.MapGet("/products/{sku}", async (string sku, CancellationToken cancellationToken) =>
            (reads == Reads.Cached ? await cache.ReadAsync(sku, cancellationToken) : cache.ReadStrong(sku)) is { } product
                ? Results.Bytes(product, "application/json; charset=utf-8")
                : NoSuchProduct());
        app.MapPut("/products/{sku}/price", RepriceAsync);
        app.MapGet("/audit", async (CancellationToken cancellationToken) =>
        {
            var counts = await bus.CountAsync(cancellationToken);
            return Results.Json(store.Read(connection => InventoryAudit.Take(connection, counts)), TargetJson.Default.InventoryAudit);
        });
        app.MapGet("/audit/rest", async (CancellationToken cancellationToken) =>
            Results.Json(await bus.RestAsync(store, _ => 0, cancellationToken), TargetJson.Default.RestState));
    }

    private async Task<IResult> RepriceAsync(string sku, HttpRequest request, CancellationToken cancellationToken)
    {
        if (await ReadPriceAsync(request, cancellationToken) is not { } priceCents)
            return Results.ValidationProblem(new Dictionary<string, string[]> { ["priceCents"] = [$"It must be a whole number from 0 to {PriceCentsMax}."] });
        if (!await store.WriteAsync(connection => Shelf.Reprice(connection, sku, priceCents), cancellationToken))
            return NoSuchProduct();
        cache.Forget(sku);
        return Results.NoContent();
    }

    private static async Task<long?> ReadPriceAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("priceCents", out var value)
                && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var cents) && cents is >= 0 and <= PriceCentsMax
                ? cents
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult NoSuchProduct() => Results.Problem(statusCode: 404, detail: "There is no such product.");
}
