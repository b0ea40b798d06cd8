namespace Harness.Scenarios;

/// <summary>Adds to the stock of a product; the answer says which version of the product that made.</summary>
internal sealed class RestockScenario : IOrderScenario
{
    private const int QuantityMost = 20;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    public ScenarioInfo Info { get; } = new("restock", "adds to the stock of products, of popular ones more often; each delivery makes a version", "restock");

    public IVisitor Enter(ShopVisit visit) => new ProductWriting(
        Info.Name, visit, (shop, sku, random, runToken) => shop.RestockAsync(sku, random.Next(1, QuantityMost + 1), CallTimeout, runToken));
}
