using Harness.Records;

namespace Harness.Scenarios;

/// <summary>Something that is asked of the order system.</summary>
internal interface IOrderScenario
{
    ScenarioInfo Info { get; }

    /// <summary>Begins: makes what all iterations share.</summary>
    IVisitor Enter(ShopVisit visit);
}

/// <summary>Makes the iterations of a scenario; called by many at once.</summary>
internal interface IVisitor : IDisposable
{
    Task<IResponse> RunAsync(IScenarioContext context);
}

/// <summary>What every scenario is given.</summary>
/// <param name="System">Where the services are reached.</param>
/// <param name="Record">Takes every operation; called from many threads.</param>
/// <param name="Clock">The run's.</param>
/// <param name="Seed">The run's.</param>
internal sealed record ShopVisit(OrderSystem System, Action<Operation> Record, RunClock Clock, int Seed)
{
    /// <summary>The draws of iteration <paramref name="number"/>: the same whichever virtual user makes it.</summary>
    public Random RandomOf(string scenario, long number) => new Load.Arrivals.SeededRandom(
        Load.Arrivals.SplitMix64.SeedFor(Load.Arrivals.SplitMix64.SeedFor((ulong)Seed, scenario), (ulong)number));
}

/// <summary>Makes a scenario known to the load engine.</summary>
internal static class OrderScenarioProps
{
    /// <summary>Describes it, without its load.</summary>
    public static ScenarioProps Create(this IOrderScenario scenario, ShopVisit visit)
    {
        IVisitor visitor = scenario.Enter(visit);
        return Scenario.Create(scenario.Info.Name, visitor.RunAsync)
            .WithClean(_ =>
            {
                visitor.Dispose();
                return Task.CompletedTask;
            })
            // A step that is not ok is answered by the scenario: an order that may have been placed is asked for again.
            .WithRestartIterationOnFail(false)
            .WithoutWarmUp();
    }
}
