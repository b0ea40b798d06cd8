namespace Harness.Load.Arrivals;

/// <summary>One curve after the other: steps and spikes.</summary>
internal sealed record PiecewiseIntensity(IReadOnlyList<Intensity> Parts)
    : Intensity(Parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.During))
{
    public override double FinalRate => Parts[^1].FinalRate;

    public override double Total => Parts.Sum(part => part.Total);

    public override IEnumerable<string> Problems()
    {
        foreach (Intensity part in Parts)
        {
            if (part.During < TimeSpan.Zero)
                yield return $"a part of {part.During}; it must not be negative";
            foreach (string problem in part.Problems())
                yield return problem;
        }
    }

    public override double SecondsUntil(double expected)
    {
        double start = 0;
        foreach (Intensity part in Parts)
        {
            if (expected < part.Total)
                return start + part.SecondsUntil(expected);
            expected -= part.Total;
            start += part.During.TotalSeconds;
        }

        return start;
    }

    public override Intensity Lasting(TimeSpan during)
    {
        var kept = new List<Intensity>();
        foreach (Intensity part in Parts.TakeWhile(_ => during > TimeSpan.Zero))
        {
            kept.Add(part.Lasting(during < part.During ? during : part.During));
            during -= part.During;
        }

        return new PiecewiseIntensity(kept);
    }
}
