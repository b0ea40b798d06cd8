using Harness.Load;
using Harness.Records;

namespace Harness.Scenarios;

/// <summary>Something that is asked of the order system.</summary>
internal interface IOrderScenario
{
    ScenarioInfo Info { get; }

    /// <summary>Describes it, without its load.</summary>
    ScenarioProps Create(ShopVisit visit);
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
