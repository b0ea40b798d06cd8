using System.Globalization;

namespace Harness.Scenarios;

/// <summary>Reads products and records the version that each read saw.</summary>
internal sealed class ProductReading(ShopVisit visit, Func<IScenarioContext, string> skuOf) : IVisitor
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    private readonly ShopClient _shop = new(visit.System);

    /// <summary>One read, as the step <c>read</c>.</summary>
    public async Task<IResponse> RunAsync(IScenarioContext context) =>
        await Step.Run("read", context, () => ReadAsync(context, skuOf(context)));

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
