using Harness.Load.Arrivals;

namespace Harness.Load;

/// <content>Shapes that NBomber has no name for. Rates are arrivals a second and may be fractions.</content>
public static partial class Simulation
{
    /// <summary>Open: from one rate in a straight line to another.</summary>
    public static LoadSimulation Ramp(double fromPerSecond, double toPerSecond, TimeSpan during) =>
        new OpenSimulation(new RampIntensity(fromPerSecond, toPerSecond, during), Spacing.Even);

    /// <summary>Open: a stair of equally long steps, the first at one rate and the last at the other.</summary>
    /// <param name="fromPerSecond">The first step's rate.</param>
    /// <param name="toPerSecond">The last step's rate.</param>
    /// <param name="steps">How many; 2 or more.</param>
    /// <param name="during">All steps together.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="steps"/> is below 2.</exception>
    public static LoadSimulation Steps(double fromPerSecond, double toPerSecond, int steps, TimeSpan during)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        return new OpenSimulation(
            new PiecewiseIntensity([.. Enumerable.Range(0, steps).Select(step => new ConstantIntensity(
                fromPerSecond + (toPerSecond - fromPerSecond) * step / (steps - 1), during / steps))]),
            Spacing.Even);
    }

    /// <summary>Open: a steady rate with one burst in it.</summary>
    /// <param name="ratePerSecond">Before and after.</param>
    /// <param name="peakPerSecond">Within the burst.</param>
    /// <param name="at">When the burst begins, since the simulation's start.</param>
    /// <param name="width">How long the burst lasts; it ends within <paramref name="during"/>.</param>
    /// <param name="during">All of it.</param>
    public static LoadSimulation Spike(double ratePerSecond, double peakPerSecond, TimeSpan at, TimeSpan width, TimeSpan during) =>
        new OpenSimulation(
            new PiecewiseIntensity(
            [
                new ConstantIntensity(ratePerSecond, at),
                new ConstantIntensity(peakPerSecond, width),
                new ConstantIntensity(ratePerSecond, during - at - width),
            ]),
            Spacing.Even);

    /// <summary>Open: a rate that swings around a mean, upwards first.</summary>
    /// <param name="meanPerSecond">The middle.</param>
    /// <param name="amplitudePerSecond">How far it swings; at most the mean.</param>
    /// <param name="period">From one middle, over peak and trough, to the next.</param>
    /// <param name="during">All of it.</param>
    public static LoadSimulation Sine(double meanPerSecond, double amplitudePerSecond, TimeSpan period, TimeSpan during) =>
        new OpenSimulation(new SineIntensity(meanPerSecond, amplitudePerSecond, period, during), Spacing.Even);

    /// <summary>The same rate at every moment, with arrivals that know nothing of each other.</summary>
    /// <exception cref="ArgumentException">It is no open simulation with a rate.</exception>
    public static LoadSimulation Poisson(LoadSimulation shape) => shape is OpenSimulation open
        ? open with { Spacing = Spacing.Poisson }
        : throw new ArgumentException($"Arrivals of {shape} cannot be spread anew: it is not a rate.", nameof(shape));

    /// <summary>Open: exactly these moments again.</summary>
    /// <param name="moments">Since the simulation's start, in any order.</param>
    public static LoadSimulation Replay(IEnumerable<TimeSpan> moments) => new ReplaySimulation([.. moments.Order()]);

    /// <summary>Open: the moments of a file, one a line, in seconds (<c>0.125</c>); empty lines and lines that begin with # are passed over.</summary>
    /// <exception cref="LoadConfigurationException">Lines that are no such moment, every one of them named.</exception>
    public static LoadSimulation ReplayFile(string path) => new ReplaySimulation(ReplaySimulation.Read(path));
}
