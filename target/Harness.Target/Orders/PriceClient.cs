using System.Net;
using Harness.Target.Resilience;

namespace Harness.Target.Orders;

/// <summary>Asks Inventory what a product costs: the edge <c>orders -> inventory</c>.</summary>
public sealed class PriceClient(EdgeClient inventory)
{
    /// <summary>The price of one piece in cents; null when there is no such product.</summary>
    /// <exception cref="PriceUnavailableException">Inventory did not answer in time, or with an error.</exception>
    public async Task<long?> AskAsync(string sku, CancellationToken cancellationToken)
    {
        try
        {
            return await inventory.CallAsync((http, token) => AskOnceAsync(http, sku, token), cancellationToken);
        }
        catch (EdgeCallException e)
        {
            throw new PriceUnavailableException(e);
        }
    }

    private static async Task<long?> AskOnceAsync(HttpClient http, string sku, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync($"/products/{Uri.EscapeDataString(sku)}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        var product = await response.Content.ReadFromJsonAsync(TargetJson.Default.Product, cancellationToken);
        return product?.PriceCents;
    }
}

/// <summary>Inventory could not be asked; whether the product exists is not known.</summary>
public sealed class PriceUnavailableException(Exception inner) : Exception("Inventory did not tell the price.", inner);
