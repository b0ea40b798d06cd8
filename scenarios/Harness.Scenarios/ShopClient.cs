using System.Net.Http.Json;
using System.Text.Json;

namespace Harness.Scenarios;

/// <summary>The calls that scenarios make, and what their answers hold.</summary>
internal sealed class ShopClient(OrderSystem system) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly HttpMessageInvoker _client = Load.Http.CreateClient();

    public Task<Answer<OrderView>> PlaceAsync(CheckoutPlan plan, TimeSpan timeout, CancellationToken runToken) => CallAsync<OrderView>(
        Http.CreateRequest("POST", new Uri(system.Orders, "orders").AbsoluteUri)
            .WithHeader("Idempotency-Key", plan.IdempotencyKey)
            .WithBody(JsonContent.Create(new { plan.Customer, plan.Sku, plan.Quantity }, options: Json)),
        timeout,
        runToken);

    public Task<Answer<OrderView>> ReadOrderAsync(string id, TimeSpan timeout, CancellationToken runToken) =>
        CallAsync<OrderView>(Get(system.Orders, $"orders/{Uri.EscapeDataString(id)}"), timeout, runToken);

    public Task<Answer<ProductView>> ReadProductAsync(string sku, TimeSpan timeout, CancellationToken runToken) =>
        CallAsync<ProductView>(Get(system.Inventory, $"products/{Uri.EscapeDataString(sku)}"), timeout, runToken);

    public Task<Answer<ProductView>> RepriceAsync(string sku, int priceCents, TimeSpan timeout, CancellationToken runToken) => CallAsync<ProductView>(
        Http.CreateRequest("PUT", ProductUrl(sku, "/price")).WithBody(JsonContent.Create(new { priceCents }, options: Json)), timeout, runToken);

    public Task<Answer<ProductView>> RestockAsync(string sku, int quantity, TimeSpan timeout, CancellationToken runToken) => CallAsync<ProductView>(
        Http.CreateRequest("POST", ProductUrl(sku, "/restock")).WithBody(JsonContent.Create(new { quantity }, options: Json)), timeout, runToken);

    public void Dispose() => _client.Dispose();

    private string ProductUrl(string sku, string path) => new Uri(system.Inventory, $"products/{Uri.EscapeDataString(sku)}{path}").AbsoluteUri;

    private static HttpRequestMessage Get(Uri service, string path) => Http.CreateRequest("GET", new Uri(service, path).AbsoluteUri);

    /// <summary>An ok answer that does not hold what was agreed may have come after the effect: it is unknown, <c>bad-answer</c>.</summary>
    private async Task<Answer<T>> CallAsync<T>(HttpRequestMessage request, TimeSpan timeout, CancellationToken runToken) where T : class
    {
        Load.Response<HttpResponseMessage> response = await Load.Http.Send(_client, request, timeout, runToken);
        using HttpResponseMessage? answer = response.Payload?.Value;
        T? held = answer is null || response.IsError ? null : await ReadAsync<T>(answer, runToken);
        bool bad = held is null && !response.IsError;
        return new Answer<T>(
            bad ? Records.Outcome.Unknown : response.Outcome.Recorded(),
            bad ? "bad-answer" : response.Error,
            response.StatusCode,
            (int)Math.Min(response.SizeBytes, int.MaxValue),
            response.Message,
            held);
    }

    private static async Task<T?> ReadAsync<T>(HttpResponseMessage answer, CancellationToken runToken) where T : class
    {
        try
        {
            return await answer.Content.ReadFromJsonAsync<T>(Json, runToken);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>An order as <c>POST /orders</c> and <c>GET /orders/{id}</c> show it.</summary>
internal sealed record OrderView
{
    public required string Id { get; init; }

    public required string Status { get; init; }
}

/// <summary>A product as <c>GET /products/{sku}</c> shows it.</summary>
internal sealed record ProductView
{
    public required long Version { get; init; }
}
