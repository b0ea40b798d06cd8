using System.Globalization;

namespace Harness.Scenarios;

/// <summary>Reads products and records the version that each read saw.</summary>
/// <param name="visit">What the scenario was given.</param>
/// <param name="skuOf">Which product an iteration reads.</param>
/// <param name="step">What the load calls it.</param>
internal sealed class ProductReading(ShopVisit visit, Func<IScenarioContext, string> skuOf, string step = "read") : IVisitor
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    private readonly ShopClient _shop = new(visit.System);

    /// <summary>One read, as one step.</summary>
    public async Task<IResponse> RunAsync(IScenarioContext context) =>
        await Step.Run(step, context, () => ReadAsync(context, skuOf(context)));

    public void Dispose() => _shop.Dispose();

    private async Task<Response<ProductView>> ReadAsync(IScenarioContext context, string sku)
    {
        TimeSpan invoked = visit.Clock.Now;
        Answer<ProductView> answer = await _shop.ReadProductAsync(sku, CallTimeout, context.ScenarioCancellationToken);
        string? version = answer.Value?.Version.ToString(CultureInfo.InvariantCulture);
        ClientProcess.Of(context, visit).Record("read-product", sku, version, invoked, answer.Outcome);
        return answer.ToResponse();
    }
}
