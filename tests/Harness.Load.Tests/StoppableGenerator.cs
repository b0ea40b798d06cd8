using System.Globalization;

namespace Harness.Load.Tests;

/// <summary>A generator in a process of its own; its target is healthy and answers at once.</summary>
internal static class StoppableGenerator
{
    /// <summary>Prints one line of <c>name=value</c> pairs, times in ms.</summary>
    public static async Task<int> RunAsync(double rate, TimeSpan during)
    {
        var begun = new BegunSign();
        LoadResult result = await LoadRunner.RegisterScenarios(Scenario.Create("healthy", async _ =>
            {
                await Task.Yield();
                return Response.Ok();
            })
            .WithWarmUpDuration(TimeSpan.FromMilliseconds(500))
            .WithLoadSimulations(Simulation.Constant(rate, during))).WithObserver(begun).RunAsync(CancellationToken.None);
        ScenarioInterval total = result.Scenarios[0].Total;
        double At(double percentile) => total.Response.GetValueAtPercentile(percentile) / 1000.0;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"due={total.Due} ok={total.Ok} p50={At(50)} p95={At(95)} p99={At(99)} max={At(100)} kept-up={(result.GeneratorKeptUp ? 1 : 0)}"));
        return 0;
    }

    /// <summary>Says once that the load is under way.</summary>
    private sealed class BegunSign : ILoadObserver
    {
        private bool _said;

        public void OnInterval(LoadInterval interval)
        {
            if (_said)
                return;
            _said = true;
            Console.WriteLine("begun");
        }
    }
}
