using Harness.Load.Arrivals;

namespace Harness.Load;

/// <summary>Makes the load of a scenario. NBomber's names, and ours for rates of any size and shape.</summary>
/// <remarks>Open arrivals are a pure function of shape, seed and number; they stay due when the target stalls.</remarks>
public static partial class Simulation
{
    // A count of iterations says nothing of time, and every load here ends.
    private static readonly TimeSpan LongestCount = TimeSpan.FromHours(1);

    /// <summary>Open: the same distance between any two arrivals, the first at once.</summary>
    /// <param name="ratePerSecond">Above 0; may be a fraction.</param>
    /// <param name="during">How long.</param>
    public static LoadSimulation Constant(double ratePerSecond, TimeSpan during) =>
        new OpenSimulation(new ConstantIntensity(ratePerSecond, during), Spacing.Even);

    /// <summary>Open: arrivals that know nothing of each other, at this rate on average.</summary>
    /// <inheritdoc cref="Constant" path="/param"/>
    public static LoadSimulation Poisson(double ratePerSecond, TimeSpan during) =>
        new OpenSimulation(new ConstantIntensity(ratePerSecond, during), Spacing.Poisson);

    /// <summary>Open: <paramref name="rate"/> arrivals every <paramref name="interval"/>, evenly spread.</summary>
    public static LoadSimulation Inject(int rate, TimeSpan interval, TimeSpan during) => Constant(PerSecond(rate, interval), during);

    /// <summary>Open: from the rate that the simulation before ended with (or none) in a straight line to this one.</summary>
    public static LoadSimulation RampingInject(int rate, TimeSpan interval, TimeSpan during) =>
        new OpenSimulation(new RampIntensity(null, PerSecond(rate, interval), during), Spacing.Even);

    /// <summary>Open: for each <paramref name="interval"/> a number of arrivals drawn by the seed, both ends included, evenly spread over it.</summary>
    public static LoadSimulation InjectRandom(int minRate, int maxRate, TimeSpan interval, TimeSpan during) =>
        new RandomRateSimulation(minRate, maxRate, interval, during);

    /// <summary>Open: as <see cref="Inject"/>, until so many iterations were due.</summary>
    public static LoadSimulation IterationsForInject(int rate, TimeSpan interval, int iterations) =>
        Constant(PerSecond(rate, interval), rate > 0 ? iterations * (interval / rate) : TimeSpan.Zero);

    /// <summary>Closed: as <see cref="KeepConstant"/>, until so many iterations were begun, but for an hour at most.</summary>
    public static LoadSimulation IterationsForConstant(int copies, int iterations) =>
        new ClosedSimulation(copies, copies, LongestCount) { Iterations = iterations };

    /// <summary>Closed: this many virtual users, each beginning anew as soon as it has ended.</summary>
    public static LoadSimulation KeepConstant(int copies, TimeSpan during) => new ClosedSimulation(copies, copies, during);

    /// <summary>Closed: from as many virtual users as the simulation before ended with (or none) in a straight line to this many.</summary>
    public static LoadSimulation RampingConstant(int copies, TimeSpan during) => new ClosedSimulation(null, copies, during);

    /// <summary>Nothing is due.</summary>
    public static LoadSimulation Pause(TimeSpan during) => new OpenSimulation(new ConstantIntensity(0, during), Spacing.Even);

    private static double PerSecond(int rate, TimeSpan interval) => rate / interval.TotalSeconds;
}
