using Harness.Load;

namespace Harness.Scenarios;

/// <summary>Reads a product, a popular one more often.</summary>
internal sealed class BrowseScenario : IOrderScenario
{
    private const double ZipfExponent = 1.1;

    public ScenarioInfo Info { get; } = new("browse", "reads products, popular ones more often (Zipf 1.1 over 100)", "read");

    public ScenarioProps Create(ShopVisit visit)
    {
        var zipf = new Zipf(Skus.Count, ZipfExponent);
        var reading = new ProductReading(visit);
        return Scenario.Create(Info.Name, context => reading.RunAsync(
                context, Skus.Name(zipf.Draw(visit.RandomOf(Info.Name, context.InvocationNumber)))))
            .WithClean(_ =>
            {
                reading.Dispose();
                return Task.CompletedTask;
            })
            .WithoutWarmUp();
    }
}
