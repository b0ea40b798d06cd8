namespace Harness.Scenarios;

/// <summary>Changes what a product costs; the answer says which version of the product the change made.</summary>
internal sealed class RepriceScenario : IOrderScenario
{
    private const int PriceCentsMin = 100;
    private const int PriceCentsMax = 10_000;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    public ScenarioInfo Info { get; } = new("reprice", "changes prices, of popular products more often; each change makes a version", "reprice");

    public IVisitor Enter(ShopVisit visit) => new ProductWriting(
        Info.Name, visit, (shop, sku, random, runToken) => shop.RepriceAsync(sku, random.Next(PriceCentsMin, PriceCentsMax), CallTimeout, runToken));
}
