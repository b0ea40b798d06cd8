namespace Harness.Load.Arrivals;

/// <summary>How densely arrivals lie over a stretch of time: the curve whose slope is the rate.</summary>
/// <remarks>With Λ(t) the arrivals expected by t, even arrivals lie where Λ passes 0, 1, 2, …, and a Poisson process of that intensity where Λ
/// passes the arrivals of a Poisson process of rate 1 (the time change theorem; Kingman, "Poisson Processes", 1993, section 4.5).</remarks>
internal abstract record Intensity(TimeSpan During)
{
    // Half a millionth of an arrival: 0.1/s × 10 s must be one arrival, although as doubles it is a little more.
    private const double Rounding = 5e-7;

    /// <summary>More than this no machine of ours can send, and a schedule so dense says nothing.</summary>
    private const double MostPerSecond = 10_000_000;

    protected double Seconds => During.TotalSeconds;

    /// <summary>The rate with which it ends, where a ramp that follows takes over; a second.</summary>
    public abstract double FinalRate { get; }

    /// <summary>What is wrong with it, each with the value seen; empty when nothing is.</summary>
    public abstract IEnumerable<string> Problems();

    /// <summary>The same curve, joined to a rate that went before; itself when it has a start of its own.</summary>
    public virtual Intensity StartingAt(double ratePerSecond) => this;

    /// <summary>Its beginning, as if it had been meant to last only this long.</summary>
    public virtual Intensity Lasting(TimeSpan during) => this with { During = during };

    /// <summary>Λ(<see cref="During"/>).</summary>
    public abstract double Total { get; }

    /// <summary>Λ⁻¹: the seconds after which <paramref name="expected"/> arrivals, from 0 to <see cref="Total"/>, are expected.</summary>
    public abstract double SecondsUntil(double expected);

    /// <summary>Ascending, all within [0, <see cref="During"/>).</summary>
    public IEnumerable<TimeSpan> Even()
    {
        // From the index each time, never by adding up gaps, so that no error accumulates.
        for (long index = 0; index < Total - Rounding; index++)
            yield return At(SecondsUntil(index));
    }

    /// <inheritdoc cref="Even"/>
    public IEnumerable<TimeSpan> Poisson(ulong seed)
    {
        var random = new SplitMix64(seed);
        for (double expected = random.NextExponential(); expected < Total; expected += random.NextExponential())
            yield return At(SecondsUntil(expected));
    }

    protected static IEnumerable<string> ProblemsOfRates(params double[] rates) => rates
        .Where(rate => !(rate is >= 0 and <= MostPerSecond))
        .Select(rate => $"a rate of {rate}/s; it must be from 0 to {MostPerSecond}/s");

    private static TimeSpan At(double seconds) => new((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}
