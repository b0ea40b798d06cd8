namespace Harness.Scenarios;

/// <summary>Reads a product, a popular one more often.</summary>
internal sealed class BrowseScenario : IOrderScenario
{
    public ScenarioInfo Info { get; } = new("browse", "reads products, popular ones more often (Zipf 1.1 over 100)", "read");

    public IVisitor Enter(ShopVisit visit) => new ProductReading(visit, context => Skus.Popular(visit.RandomOf(Info.Name, context.InvocationNumber)));
}
