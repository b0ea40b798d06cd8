using Harness.Load;

namespace Harness.Chaos.Loading;

/// <summary>The shapes of arrivals that a load may have, by name.</summary>
public static class LoadShapes
{
    private const int StairSteps = 5;

    /// <summary>The default first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["constant", "poisson", "ramp", "steps", "spike", "sine"];

    /// <summary>Whether the shape goes from one rate to another.</summary>
    public static bool NeedsTo(string shape) => shape is "ramp" or "steps" or "spike" or "sine";

    /// <param name="shape">One of <see cref="Names"/>.</param>
    /// <param name="ratePerSecond">Where it starts; a sine's middle.</param>
    /// <param name="toPerSecond">Where it ends, its peak; not used by <c>constant</c> and <c>poisson</c>.</param>
    /// <param name="during">All of it. A spike takes its middle fifth, a sine turns once.</param>
    public static LoadSimulation Of(string shape, double ratePerSecond, double toPerSecond, TimeSpan during) => shape switch
    {
        "poisson" => Simulation.Poisson(ratePerSecond, during),
        "ramp" => Simulation.Ramp(ratePerSecond, toPerSecond, during),
        "steps" => Simulation.Steps(ratePerSecond, toPerSecond, StairSteps, during),
        "spike" => Simulation.Spike(ratePerSecond, toPerSecond, during * 0.4, during * 0.2, during),
        "sine" => Simulation.Sine(ratePerSecond, toPerSecond - ratePerSecond, during, during),
        _ => Simulation.Constant(ratePerSecond, during),
    };

    /// <summary>The rate on average.</summary>
    public static double MeanOf(string shape, double ratePerSecond, double toPerSecond) => shape switch
    {
        "ramp" or "steps" => (ratePerSecond + toPerSecond) / 2,
        "spike" => ratePerSecond * 0.8 + toPerSecond * 0.2,
        _ => ratePerSecond,
    };
}
