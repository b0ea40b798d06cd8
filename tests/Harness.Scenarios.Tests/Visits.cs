using System.Collections.Concurrent;
using Harness.Load;
using Harness.Records;

namespace Harness.Scenarios.Tests;

/// <summary>Runs a scenario a few times against the stand-in and keeps its history.</summary>
internal static class Visits
{
    public static async Task<(ScenarioInterval Total, Operation[] History)> MakeAsync(
        IOrderScenario scenario, OrderSystem system, int iterations, int seed = 42, CancellationToken? runToken = null)
    {
        var history = new ConcurrentQueue<Operation>();
        var visit = new ShopVisit(system, history.Enqueue, new RunClock(TimeProvider.System), seed);
        ScenarioProps props = scenario.Create(visit).WithLoadSimulations(
            Simulation.Constant(iterations / 0.2, TimeSpan.FromSeconds(0.2)));
        LoadResult result = await LoadRunner.RegisterScenarios(props).WithSeed(seed)
            .RunAsync(runToken ?? TestContext.Current.CancellationToken);
        return (result.Scenarios[0].Total, [.. history]);
    }
}
