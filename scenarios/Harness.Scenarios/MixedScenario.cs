namespace Harness.Scenarios;

/// <summary>What goes on in a shop: mostly looking, some buying, now and then a new price or a delivery. One iteration is one of these.</summary>
internal sealed class MixedScenario : IOrderScenario
{
    private static readonly (IOrderScenario Scenario, int Weight)[] Parts =
        [(new BrowseScenario(), 85), (new CheckoutScenario(), 10), (new RepriceScenario(), 3), (new RestockScenario(), 2)];

    public ScenarioInfo Info { get; } = new(
        "mixed",
        $"a shop's weights: {string.Join(", ", Parts.Select(part => $"{part.Scenario.Info.Name} {part.Weight} %"))}",
        [.. Parts.SelectMany(part => part.Scenario.Info.Steps)]);

    public IVisitor Enter(ShopVisit visit) => new Visitor(visit, Info.Name);

    private sealed class Visitor(ShopVisit visit, string name) : IVisitor
    {
        private readonly (IVisitor Visitor, int Weight)[] _parts = [.. Parts.Select(part => (part.Scenario.Enter(visit), part.Weight))];

        public Task<IResponse> RunAsync(IScenarioContext context) =>
            Load.RandomDraws.Choice(visit.RandomOf(name, context.InvocationNumber), _parts).RunAsync(context);

        public void Dispose()
        {
            foreach ((IVisitor visitor, _) in _parts)
                visitor.Dispose();
        }
    }
}
