using Harness.Records;

namespace Harness.Reports.Figures;

/// <summary>How a scenario lived through the faults, measured against its own baseline.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="FeltAfter">From the first fault being in place to the end of the first second of a bad stretch; null when it was not felt.</param>
/// <param name="WellAfter">From the last healing to the beginning of the first stretch of good seconds; null when there was none.</param>
internal sealed record Recovery(string Scenario, TimeSpan? FeltAfter, TimeSpan? WellAfter)
{
    /// <summary>So many bad seconds in a row are felt: one alone is chance.</summary>
    public const int BadSeconds = 2;

    /// <summary>So many good seconds in a row are health.</summary>
    public const int GoodSeconds = 3;

    /// <summary>A second is bad when its availability is this much below the worst second of the baseline, or …</summary>
    public const double AvailabilityMargin = 0.01;

    /// <summary>… its p99 more than this many times that of the worst second of the baseline.</summary>
    public const double LatencyFactor = 1.5;

    /// <summary>For every scenario that has a baseline; none where no fault was in place.</summary>
    public static IReadOnlyList<Recovery> Of(RunFacts facts)
    {
        if (facts.Faults.Count == 0 || facts.Phases.FirstOrDefault(p => p.Phase == Phase.Baseline) is not { } baseline)
            return [];

        TimeSpan broken = facts.Faults.Min(f => f.Start);
        TimeSpan? healed = facts.Faults.Any(f => f.End is null) ? null : facts.Faults.Max(f => f.End);
        return
        [
            .. from scenario in facts.Scenarios
               let seconds = RecoverySecond.Of(facts, scenario)
               let normal = seconds.Where(s => s.At > baseline.Start && s.At <= baseline.End).ToList()
               where normal.Count > 0
               let isBad = BadBy(normal)
               select new Recovery(scenario, Felt(seconds, broken, isBad), healed is { } at ? Well(seconds, at, isBad) : null),
        ];
    }

    private static Func<RecoverySecond, bool> BadBy(List<RecoverySecond> normal)
    {
        double lowest = normal.Min(s => s.OkRatio) - AvailabilityMargin;
        double slowest = (normal.Max(s => s.P99) ?? TimeSpan.MaxValue).TotalSeconds * LatencyFactor;
        return second => second.OkRatio < lowest || second.P99?.TotalSeconds > slowest;
    }

    private static TimeSpan? Felt(IReadOnlyList<RecoverySecond> seconds, TimeSpan broken, Func<RecoverySecond, bool> isBad) =>
        Stretch([.. seconds.Where(s => s.At > broken)], BadSeconds, isBad) is { } first ? first.At - broken : null;

    private static TimeSpan? Well(IReadOnlyList<RecoverySecond> seconds, TimeSpan healed, Func<RecoverySecond, bool> isBad)
    {
        RecoverySecond? first = Stretch([.. seconds.Where(s => s.At > healed)], GoodSeconds, s => !isBad(s));
        return first is null ? null : TimeSpan.FromTicks(Math.Max(0, (first.At - TimeSpan.FromSeconds(1) - healed).Ticks));
    }

    // The first second of the first stretch of this length in which every second is of the kind.
    private static RecoverySecond? Stretch(List<RecoverySecond> seconds, int length, Func<RecoverySecond, bool> isOfKind)
    {
        int start = Enumerable.Range(0, Math.Max(0, seconds.Count - length + 1))
            .FirstOrDefault(i => seconds.Skip(i).Take(length).All(isOfKind), -1);
        return start < 0 ? null : seconds[start];
    }
}
