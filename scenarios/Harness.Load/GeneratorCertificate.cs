using HdrHistogram;

namespace Harness.Load;

/// <summary>The generator's account of itself: whether the load that was asked for is the load that was given.</summary>
public sealed record GeneratorCertificate
{
    /// <summary>The p99 of lateness beyond which a run proves nothing about its target.</summary>
    public static TimeSpan LatenessLimit { get; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The share of dropped arrivals beyond which a run proves nothing about its target.</summary>
    public const double DroppedRatioLimit = 0.01;

    /// <summary>Arrivals that came due.</summary>
    public required long Asked { get; init; }

    public required long Sent { get; init; }

    /// <summary>Sent later than <see cref="LatenessLimit"/> after they were due.</summary>
    public required long Late { get; init; }

    public required long Dropped { get; init; }

    /// <summary>Neither dropped nor ended when the run was over.</summary>
    public required long Open { get; init; }

    public required TimeSpan LatenessP50 { get; init; }

    public required TimeSpan LatenessP99 { get; init; }

    public required TimeSpan LatenessMax { get; init; }

    /// <summary>Processor time of the whole process during the run.</summary>
    public required TimeSpan Cpu { get; init; }

    /// <summary>Time during which the garbage collector held every thread.</summary>
    public required TimeSpan GcPause { get; init; }

    /// <summary>Why the generator cannot vouch for the run, in sentences with their numbers; empty when it can.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>What is worth knowing though it spoils nothing, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    internal static GeneratorCertificate For(IReadOnlyList<ScenarioResult> scenarios, TimeSpan cpu, TimeSpan gcPause, bool cancelled)
    {
        LongHistogram lateness = Recording.HistogramPool.Create();
        foreach (ScenarioResult scenario in scenarios)
            lateness.Add(scenario.Total.Lateness);
        var certificate = new GeneratorCertificate
        {
            Asked = scenarios.Sum(scenario => scenario.Total.Due),
            Sent = scenarios.Sum(scenario => scenario.Total.Sent),
            Late = CountAbove(lateness, LatenessLimit),
            Dropped = scenarios.Sum(scenario => scenario.Total.Dropped),
            Open = scenarios.Sum(scenario => scenario.Total.Open),
            LatenessP50 = AtPercentile(lateness, 50),
            LatenessP99 = AtPercentile(lateness, 99),
            LatenessMax = AtPercentile(lateness, 100),
            Cpu = cpu,
            GcPause = gcPause,
            Problems = [],
        };
        return certificate with { Problems = [.. certificate.FindProblems(cancelled)] };
    }

    private IEnumerable<string> FindProblems(bool cancelled)
    {
        if (LatenessP99 > LatenessLimit)
            yield return $"p99 lateness {LatenessP99.TotalMilliseconds:0.0} ms exceeds {LatenessLimit.TotalMilliseconds:0} ms";
        if (Dropped > Asked * DroppedRatioLimit)
            yield return $"{Dropped} of {Asked} arrivals were dropped, more than {DroppedRatioLimit:0%}";
        // Ended from outside, a run always leaves the last few unsent.
        if (!cancelled && Asked - Dropped - Sent > 0)
            yield return $"{Asked - Dropped - Sent} arrivals were never sent";
    }

    private static TimeSpan AtPercentile(LongHistogram lateness, double percentile) =>
        lateness.TotalCount == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(lateness.GetValueAtPercentile(percentile));

    private static long CountAbove(LongHistogram lateness, TimeSpan limit) => lateness.RecordedValues()
        .Where(value => value.ValueIteratedTo > limit.TotalMicroseconds)
        .Sum(value => value.CountAddedInThisIterationStep);
}
