namespace Harness.Load.Arrivals;

/// <summary>How densely arrivals lie over a stretch of time: the curve whose slope is the rate.</summary>
/// <remarks>With Λ(t) the arrivals expected by t, even arrivals lie where Λ passes 0, 1, 2, …, and a Poisson process of that intensity where Λ
/// passes the arrivals of a Poisson process of rate 1 (the time change theorem; Kingman, "Poisson Processes", 1993, section 4.5).</remarks>
internal abstract record Intensity(TimeSpan During)
{
    // Half a millionth of an arrival: 0.1/s × 10 s must be one arrival, although as doubles it is a little more.
    private const double Rounding = 5e-7;

    protected double Seconds => During.TotalSeconds;

    /// <summary>The rate with which it ends, where a ramp that follows takes over; a second.</summary>
    public abstract double FinalRate { get; }

    /// <summary>Every rate that it was given, to be looked at before it is used.</summary>
    public abstract IEnumerable<double> Rates { get; }

    /// <summary>The same curve, joined to a rate that went before; itself when it has a start of its own.</summary>
    public virtual Intensity StartingAt(double ratePerSecond) => this;

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

    private static TimeSpan At(double seconds) => new((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
}

/// <summary>The same rate all the time.</summary>
internal sealed record ConstantIntensity(double RatePerSecond, TimeSpan During) : Intensity(During)
{
    public override double FinalRate => RatePerSecond;

    public override IEnumerable<double> Rates => [RatePerSecond];

    public override double Total => RatePerSecond * Seconds;

    public override double SecondsUntil(double expected) => expected / RatePerSecond;
}

/// <summary>A rate that changes in a straight line.</summary>
internal sealed record RampIntensity(double FromPerSecond, double ToPerSecond, TimeSpan During) : Intensity(During)
{
    public override double FinalRate => ToPerSecond;

    public override IEnumerable<double> Rates => [FromPerSecond, ToPerSecond];

    public override Intensity StartingAt(double ratePerSecond) => this with { FromPerSecond = ratePerSecond };

    public override double Total => (FromPerSecond + ToPerSecond) / 2 * Seconds;

    /// <remarks>The root of slope/2 · t² + from · t = expected, in the form that loses no digits when the slope is nearly 0.</remarks>
    public override double SecondsUntil(double expected)
    {
        if (expected <= 0)
            return 0;
        double slope = (ToPerSecond - FromPerSecond) / Seconds;
        double discriminant = Math.Max(0, FromPerSecond * FromPerSecond + 2 * slope * expected);
        return 2 * expected / (FromPerSecond + Math.Sqrt(discriminant));
    }
}
