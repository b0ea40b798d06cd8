namespace Harness.Scenarios;

/// <summary>Reads always the same product: when its cached copy expires, all who come at that moment want it loaded.</summary>
internal sealed class HotProductScenario : IOrderScenario
{
    private const int HotNumber = 1;

    public ScenarioInfo Info { get; } = new("hot-product", "reads always the same product, for storms when its cached copy expires", "read");

    public IVisitor Enter(ShopVisit visit) => new ProductReading(visit, _ => Skus.Name(HotNumber));
}
