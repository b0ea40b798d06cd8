using System.Net;
using Harness.Target.Resilience;
using Polly;

namespace Harness.Target.Orders;

/// <summary>Asks Inventory what a product costs: the edge <c>orders -> inventory</c>.</summary>
public sealed class PriceClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _pipeline;

    public PriceClient(Uri inventory, EdgePipelines pipelines)
    {
        // The bare call keeps a bound of its own, a patient one: it shows what happens without a pipeline, and still ends.
        _http = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) }) { BaseAddress = inventory, Timeout = TimeSpan.FromSeconds(30) };
        _pipeline = pipelines.Build(
            EdgePolicies.Between(ServiceName.Orders, ServiceName.Inventory), failure => failure is HttpRequestException);
    }

    /// <summary>The price of one piece in cents; null when there is no such product.</summary>
    /// <exception cref="PriceUnavailableException">Inventory did not answer in time, or with an error.</exception>
    public async Task<long?> AskAsync(string sku, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(token => new ValueTask<long?>(AskOnceAsync(sku, token)), cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or ExecutionRejectedException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new PriceUnavailableException(e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<long?> AskOnceAsync(string sku, CancellationToken cancellationToken)
    {
        using var response = await _http.GetAsync($"/products/{Uri.EscapeDataString(sku)}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        var product = await response.Content.ReadFromJsonAsync(TargetJson.Default.Product, cancellationToken);
        return product?.PriceCents;
    }
}

/// <summary>Inventory could not be asked; whether the product exists is not known.</summary>
public sealed class PriceUnavailableException(Exception inner) : Exception("Inventory did not tell the price.", inner);
