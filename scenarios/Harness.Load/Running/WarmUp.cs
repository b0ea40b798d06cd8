namespace Harness.Load.Running;

/// <summary>A scenario's first simulations, cut to the length of its warm-up.</summary>
internal static class WarmUp
{
    /// <summary>More iterations than any run makes, so that no number of a warm-up is a measured one's.</summary>
    private const long InvocationsBefore = 1L << 48;

    public static ScenarioProps Of(ScenarioProps scenario)
    {
        var simulations = new List<LoadSimulation>();
        TimeSpan left = scenario.WarmUpDuration;
        foreach (LoadSimulation simulation in scenario.LoadSimulations.TakeWhile(_ => left > TimeSpan.Zero))
        {
            simulations.Add(simulation.Lasting(left < simulation.During ? left : simulation.During));
            left -= simulation.During;
        }

        return scenario with { LoadSimulations = simulations, Thresholds = [], MaxFailCount = null, InvocationsBefore = InvocationsBefore };
    }
}
