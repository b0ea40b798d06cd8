using System.Net.Http.Json;
using System.Text.Json;
using Harness.Load;

namespace Harness.Scenarios;

/// <summary>The calls that scenarios make, and what their answers hold.</summary>
internal sealed class ShopClient(OrderSystem system) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly HttpMessageInvoker _client = Http.CreateClient();

    public Task<Response<HttpResponseMessage>> PlaceAsync(CheckoutPlan plan, TimeSpan timeout, CancellationToken runToken)
    {
        HttpRequestMessage request = Http.CreateRequest("POST", new Uri(system.Orders, "orders").AbsoluteUri)
            .WithHeader("Idempotency-Key", plan.IdempotencyKey)
            .WithBody(JsonContent.Create(new { plan.Customer, plan.Sku, plan.Quantity }, options: Json));
        return Http.Send(_client, request, timeout, runToken);
    }

    public Task<Response<HttpResponseMessage>> ReadOrderAsync(string id, TimeSpan timeout, CancellationToken runToken) =>
        GetAsync(new Uri(system.Orders, $"orders/{Uri.EscapeDataString(id)}"), timeout, runToken);

    public Task<Response<HttpResponseMessage>> ReadProductAsync(string sku, TimeSpan timeout, CancellationToken runToken) =>
        GetAsync(new Uri(system.Inventory, $"products/{Uri.EscapeDataString(sku)}"), timeout, runToken);

    /// <summary>What an ok answer holds, read once; null when it holds something else than was agreed.</summary>
    public static T? Read<T>(Response<HttpResponseMessage> response) where T : class
    {
        if (response.Payload is not { Value: { } answer })
            return null;
        try
        {
            // The whole body was read with the answer, so this waits for nothing.
            using Stream body = answer.Content.ReadAsStream();
            return JsonSerializer.Deserialize<T>(body, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private Task<Response<HttpResponseMessage>> GetAsync(Uri url, TimeSpan timeout, CancellationToken runToken) =>
        Http.Send(_client, Http.CreateRequest("GET", url.AbsoluteUri), timeout, runToken);
}

/// <summary>An order as <c>POST /orders</c> and <c>GET /orders/{id}</c> show it.</summary>
internal sealed record OrderView(string? Id, string? Status);

/// <summary>A product as <c>GET /products/{sku}</c> shows it.</summary>
internal sealed record ProductView(string? Sku, long? Version);
