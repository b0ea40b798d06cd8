namespace Harness.Load;

/// <summary>How load comes for a while. Made by <see cref="Simulation"/>.</summary>
/// <param name="During">How long it lasts.</param>
public abstract record LoadSimulation(TimeSpan During)
{
    /// <summary>What is wrong with it, each with the value seen; empty when nothing is.</summary>
    public virtual IEnumerable<string> Problems()
    {
        if (During <= TimeSpan.Zero)
            yield return $"a simulation lasts {During}; it must last longer than nothing";
    }

    /// <summary>The rate with which it ends, a second; where a ramp after it starts.</summary>
    internal virtual double FinalRate => 0;

    /// <summary>The virtual users with which it ends; where a ramp after it starts.</summary>
    internal virtual int FinalCopies => 0;

    /// <summary>The same simulation, starting where <paramref name="previous"/> ended.</summary>
    internal virtual LoadSimulation After(LoadSimulation previous) => this;

    /// <summary>The beginning of the same simulation, as if it had been meant to last only this long.</summary>
    internal virtual LoadSimulation Lasting(TimeSpan during) => this with { During = during };

    /// <summary>What is planned, in order of time since the simulation's start.</summary>
    internal abstract IEnumerable<Arrival> Arrivals(ulong seed);

    /// <summary>The virtual users that should be running; 0 in the open model.</summary>
    /// <param name="elapsed">Since the simulation's start.</param>
    internal virtual int CopiesAt(TimeSpan elapsed) => 0;
}

/// <summary>A planned moment.</summary>
/// <param name="Due">Since the start.</param>
/// <param name="Copy">Null when one iteration is due; else the number of the virtual user that is to start iterating.</param>
internal readonly record struct Arrival(TimeSpan Due, int? Copy = null);
