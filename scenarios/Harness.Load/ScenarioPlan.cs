using Harness.Load.Arrivals;

namespace Harness.Load;

/// <summary>Everything a scenario's simulations plan, on one line of time. Pure: the same simulations and seed give the same plan.</summary>
internal sealed class ScenarioPlan
{
    private readonly List<(TimeSpan Start, LoadSimulation Simulation)> _parts = [];
    private readonly ulong _seed;

    public ScenarioPlan(ScenarioProps scenario, ulong seed)
    {
        _seed = SplitMix64.SeedFor(seed, scenario.ScenarioName);
        LoadSimulation? previous = null;
        foreach (LoadSimulation simulation in scenario.LoadSimulations)
        {
            previous = previous is null ? simulation : simulation.After(previous);
            _parts.Add((Duration, previous));
            Duration += previous.During;
            Iterations ??= (previous as ClosedSimulation)?.Iterations;
        }
    }

    public TimeSpan Duration { get; }

    /// <summary>How many iterations the closed model is to make; null for as many as the time allows.</summary>
    public long? Iterations { get; }

    /// <summary>How many iterations the open part of a plan asks for that has a closed part too; 0 when it has none.</summary>
    public long OpenArrivals => _parts.Exists(part => part.Simulation is ClosedSimulation) ? Arrivals().LongCount(arrival => arrival.Copy is null) : 0;

    /// <summary>In order of time since the load's start.</summary>
    public IEnumerable<Arrival> Arrivals() => _parts.SelectMany((part, number) =>
        part.Simulation.Arrivals(SplitMix64.SeedFor(_seed, (ulong)number)).Select(arrival => arrival with { Due = arrival.Due + part.Start }));

    /// <summary>The virtual users that the closed model wants at a moment.</summary>
    public int CopiesAt(TimeSpan elapsed)
    {
        foreach ((TimeSpan start, LoadSimulation simulation) in _parts)
        {
            if (elapsed >= start && elapsed < start + simulation.During)
                return simulation.CopiesAt(elapsed - start);
        }

        return 0;
    }
}
