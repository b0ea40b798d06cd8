using System.Globalization;
using Harness.Load;

namespace Harness.Scenarios;

/// <summary>Reads products and records the version that each read saw.</summary>
internal sealed class ProductReading(ShopVisit visit) : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    private readonly ShopClient _shop = new(visit.System);

    /// <summary>One read, as the step <c>read</c>.</summary>
    public async Task<IResponse> RunAsync(IScenarioContext context, string sku) =>
        await Step.Run("read", context, () => ReadAsync(context, sku));

    public void Dispose() => _shop.Dispose();

    private async Task<Response<ProductView>> ReadAsync(IScenarioContext context, string sku)
    {
        TimeSpan invoked = visit.Clock.Now;
        Response<ProductView> response = await _shop.ReadProductAsync(sku, CallTimeout, context.ScenarioCancellationToken);
        string? version = response.Payload?.Value.Version.ToString(CultureInfo.InvariantCulture);
        ClientProcess.Of(context, visit).Record("read-product", sku, version, invoked, response.Outcome.Recorded());
        return response;
    }
}
