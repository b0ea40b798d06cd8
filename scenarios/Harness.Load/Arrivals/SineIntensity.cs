namespace Harness.Load.Arrivals;

/// <summary>A rate that swings around a mean, as days do: mean + amplitude · sin(2πt / period).</summary>
internal sealed record SineIntensity(double MeanPerSecond, double AmplitudePerSecond, TimeSpan Period, TimeSpan During) : Intensity(During)
{
    // Halving the bracket this often leaves less than a tick of even the longest one.
    private const int Halvings = 60;

    public override double FinalRate =>
        MeanPerSecond + AmplitudePerSecond * Math.Sin(2 * Math.PI * Seconds / Period.TotalSeconds);

    public override double Total => ExpectedBy(Seconds);

    public override IEnumerable<string> Problems()
    {
        foreach (string problem in ProblemsOfRates(MeanPerSecond, MeanPerSecond - AmplitudePerSecond, MeanPerSecond + AmplitudePerSecond))
            yield return problem;
        if (Period <= TimeSpan.Zero)
            yield return $"a period of {Period}; it must be longer than nothing";
    }

    /// <remarks>Λ has no inverse in closed form, but it rises everywhere, so halving the time between two bounds finds it.</remarks>
    public override double SecondsUntil(double expected)
    {
        double low = 0;
        double high = Seconds;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) / 2;
            if (ExpectedBy(middle) < expected)
                low = middle;
            else
                high = middle;
        }

        return (low + high) / 2;
    }

    /// <summary>Λ(t) = mean · t + amplitude · period / 2π · (1 − cos(2πt / period)).</summary>
    private double ExpectedBy(double seconds)
    {
        double turn = Period.TotalSeconds / (2 * Math.PI);
        return MeanPerSecond * seconds + AmplitudePerSecond * turn * (1 - Math.Cos(seconds / turn));
    }
}
