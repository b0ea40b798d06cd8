namespace Harness.Scenarios;

/// <summary>Places an order and follows it until it is CONFIRMED or CANCELLED.</summary>
internal sealed class CheckoutScenario : IOrderScenario
{
    public ScenarioInfo Info { get; } = new("checkout", "places an order and follows it until it is CONFIRMED or CANCELLED", "place", "follow");

    public IVisitor Enter(ShopVisit visit) => new Visitor(visit);

    private sealed class Visitor(ShopVisit visit) : IVisitor
    {
        private readonly ShopClient _shop = new(visit.System);

        public Task<IResponse> RunAsync(IScenarioContext context)
        {
            string scenario = context.ScenarioInfo.ScenarioName;
            CheckoutPlan plan = CheckoutPlan.For(
                scenario, visit.Seed, context.InvocationNumber, visit.RandomOf(scenario, context.InvocationNumber));
            return new Checkout(visit, _shop, context, plan).RunAsync();
        }

        public void Dispose() => _shop.Dispose();
    }
}
