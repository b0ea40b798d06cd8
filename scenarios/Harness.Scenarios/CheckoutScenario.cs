using Harness.Load;

namespace Harness.Scenarios;

/// <summary>Places an order and follows it until it is CONFIRMED or CANCELLED.</summary>
internal sealed class CheckoutScenario : IOrderScenario
{
    public ScenarioInfo Info { get; } = new("checkout", "places an order and follows it until it is CONFIRMED or CANCELLED", "place", "follow");

    public ScenarioProps Create(ShopVisit visit)
    {
        var shop = new ShopClient(visit.System);
        return Scenario.Create(Info.Name, context =>
            {
                CheckoutPlan plan = CheckoutPlan.For(
                    visit.Seed, context.InvocationNumber, visit.RandomOf(Info.Name, context.InvocationNumber));
                return new Checkout(visit, shop, context, plan).RunAsync();
            })
            .WithClean(_ =>
            {
                shop.Dispose();
                return Task.CompletedTask;
            })
            // A step that is not ok is answered here: an order that may have been placed is asked for again.
            .WithRestartIterationOnFail(false)
            .WithoutWarmUp();
    }
}
