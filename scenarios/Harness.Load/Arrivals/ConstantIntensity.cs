namespace Harness.Load.Arrivals;

/// <summary>The same rate all the time.</summary>
internal sealed record ConstantIntensity(double RatePerSecond, TimeSpan During) : Intensity(During)
{
    public override double FinalRate => RatePerSecond;

    public override IEnumerable<string> Problems() => ProblemsOfRates(RatePerSecond);

    public override double Total => RatePerSecond * Seconds;

    public override double SecondsUntil(double expected) => expected / RatePerSecond;
}
