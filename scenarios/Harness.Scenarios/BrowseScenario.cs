using System.Globalization;
using Harness.Load;

namespace Harness.Scenarios;

/// <summary>Reads a product, a popular one more often.</summary>
internal sealed class BrowseScenario : IOrderScenario
{
    private const double ZipfExponent = 1.1;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    public ScenarioInfo Info { get; } = new("browse", "reads products, popular ones more often (Zipf 1.1 over 100)");

    public ScenarioProps Create(ShopVisit visit)
    {
        var zipf = new Zipf(Skus.Count, ZipfExponent);
        var shop = new ShopClient(visit.System);
        return Scenario.Create(Info.Name, async context =>
            {
                string sku = Skus.Name(zipf.Draw(visit.RandomOf(Info.Name, context.InvocationNumber)));
                return await Step.Run("read", context, () => ReadAsync(visit, shop, context, sku));
            })
            .WithClean(_ =>
            {
                shop.Dispose();
                return Task.CompletedTask;
            })
            .WithoutWarmUp();
    }

    private static async Task<Response<ProductView>> ReadAsync(ShopVisit visit, ShopClient shop, IScenarioContext context, string sku)
    {
        TimeSpan invoked = visit.Clock.Now;
        Response<ProductView> response = await shop.ReadProductAsync(sku, CallTimeout, context.ScenarioCancellationToken);
        string? version = response.Payload?.Value.Version.ToString(CultureInfo.InvariantCulture);
        ClientProcess.Of(context, visit).Record("read-product", sku, version, invoked, response.Outcome.Recorded());
        return response;
    }
}
