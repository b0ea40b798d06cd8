namespace Harness.Scenarios;

/// <summary>Changes what a product costs, and looks at it: the answer says which version the change made, and whoever made it wants to see it.</summary>
internal sealed class RepriceScenario : IOrderScenario
{
    private const int PriceCentsMin = 100;
    private const int PriceCentsMax = 10_000;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    public ScenarioInfo Info { get; } = new("reprice", "changes prices, of popular products more often, and looks at each; each change makes a version", "reprice", "look");

    public IVisitor Enter(ShopVisit visit) => new Visitor(Info.Name, visit);

    private sealed class Visitor(string name, ShopVisit visit) : IVisitor
    {
        private readonly ProductWriting _writing = new(
            name, visit, (shop, sku, random, runToken) => shop.RepriceAsync(sku, random.Next(PriceCentsMin, PriceCentsMax), CallTimeout, runToken));

        // What was written is drawn again, and comes out the same.
        private readonly ProductReading _looking = new(visit, context => ProductWriting.SkuOf(name, visit, context), "look");

        /// <summary>The iteration is what became of the change; the look is for the history of its client.</summary>
        public async Task<IResponse> RunAsync(IScenarioContext context)
        {
            IResponse written = await _writing.RunAsync(context);
            if (!written.IsError)
                await _looking.RunAsync(context);
            return written;
        }

        public void Dispose()
        {
            _writing.Dispose();
            _looking.Dispose();
        }
    }
}
