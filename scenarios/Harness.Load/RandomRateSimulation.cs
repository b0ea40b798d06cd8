using Harness.Load.Arrivals;

namespace Harness.Load;

/// <summary>A number of arrivals for each interval, drawn by the seed.</summary>
internal sealed record RandomRateSimulation(int RateMin, int RateMax, TimeSpan Interval, TimeSpan During) : LoadSimulation(During)
{
    internal override double FinalRate => (RateMin + RateMax) / 2.0 / Interval.TotalSeconds;

    public override IEnumerable<string> Problems()
    {
        foreach (string problem in base.Problems())
            yield return problem;
        if (RateMin < 0 || RateMax < RateMin)
            yield return $"rates from {RateMin} to {RateMax}; they must rise from 0 or more";
        if (Interval <= TimeSpan.Zero)
            yield return $"an interval of {Interval}; it must be longer than nothing";
    }

    internal override IEnumerable<Arrival> Arrivals(ulong seed)
    {
        var random = new SplitMix64(seed);
        for (TimeSpan start = TimeSpan.Zero; start < During; start += Interval)
        {
            int rate = RateMin + random.NextInt(RateMax - RateMin + 1);
            for (int i = 0; i < rate && start + Interval * ((double)i / rate) is var due && due < During; i++)
                yield return new Arrival(due);
        }
    }
}
