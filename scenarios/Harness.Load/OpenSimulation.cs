using Harness.Load.Arrivals;

namespace Harness.Load;

/// <summary>How arrivals are spread over the time that their rate leaves them.</summary>
internal enum Spacing
{
    /// <summary>As far from each other as the rate allows.</summary>
    Even,

    /// <summary>Independently of each other, as people who do not know each other come.</summary>
    Poisson,
}

/// <summary>Iterations that are due whether or not earlier ones have ended.</summary>
internal sealed record OpenSimulation(Intensity Intensity, Spacing Spacing) : LoadSimulation(Intensity.During)
{
    internal override double FinalRate => Intensity.FinalRate;

    public override IEnumerable<string> Problems()
    {
        foreach (string problem in base.Problems())
            yield return problem;
        foreach (string problem in Intensity.Problems())
            yield return problem;
    }

    internal override LoadSimulation After(LoadSimulation previous) =>
        this with { Intensity = Intensity.StartingAt(previous.FinalRate) };

    internal override LoadSimulation Lasting(TimeSpan during) => new OpenSimulation(Intensity.Lasting(during), Spacing);

    internal override IEnumerable<Arrival> Arrivals(ulong seed)
    {
        IEnumerable<TimeSpan> moments = Spacing == Spacing.Poisson ? Intensity.Poisson(seed) : Intensity.Even();
        return moments.Select(due => new Arrival(due));
    }
}
