namespace Harness.Load.Arrivals;

/// <summary>A rate that changes in a straight line.</summary>
/// <param name="FromPerSecond">Where it starts; null where what went before ended.</param>
/// <param name="ToPerSecond">Where it ends.</param>
/// <param name="During">How long it takes.</param>
internal sealed record RampIntensity(double? FromPerSecond, double ToPerSecond, TimeSpan During) : Intensity(During)
{
    private double From => FromPerSecond ?? 0;

    public override double FinalRate => ToPerSecond;

    public override double Total => (From + ToPerSecond) / 2 * Seconds;

    public override IEnumerable<string> Problems() => ProblemsOfRates(From, ToPerSecond);

    public override Intensity StartingAt(double ratePerSecond) => this with { FromPerSecond = FromPerSecond ?? ratePerSecond };

    /// <remarks>The root of slope/2 · t² + from · t = expected, in the form that loses no digits when the slope is nearly 0.</remarks>
    public override double SecondsUntil(double expected)
    {
        if (expected <= 0)
            return 0;
        double slope = (ToPerSecond - From) / Seconds;
        double discriminant = Math.Max(0, From * From + 2 * slope * expected);
        return 2 * expected / (From + Math.Sqrt(discriminant));
    }
}
