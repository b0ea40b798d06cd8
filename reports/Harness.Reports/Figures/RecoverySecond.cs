using Harness.Records;

namespace Harness.Reports.Figures;

/// <summary>How one scenario was in one second, by what ended in it.</summary>
/// <param name="At">The end of the second, since the start of the run.</param>
/// <param name="OkRatio">Of what ended or was dropped, what ended ok; zero when nothing ended although something was open.</param>
/// <param name="P99">Of what ended; null when nothing did.</param>
internal sealed record RecoverySecond(TimeSpan At, double OkRatio, TimeSpan? P99)
{
    /// <summary>Every second in which something of the scenario ended or should have.</summary>
    public static IReadOnlyList<RecoverySecond> Of(RunFacts facts, string scenario)
    {
        var slow = facts.Latency
            .Where(l => l.Tag.Scenario == scenario && l.Tag.Measure == LatencyTag.Response)
            .GroupBy(l => Whole(l.Start + l.Length))
            .ToDictionary(second => second.Key, P99Of);
        return
        [
            .. from sample in facts.Series
               let own = sample.Scenarios.Where(s => s.Scenario == scenario && s.Step is null).ToList()
               let ended = own.Sum(s => s.Ok + s.Refused + s.Unknown + s.Dropped)
               where ended + own.Sum(s => s.Open) > 0
               select new RecoverySecond(sample.At, ended == 0 ? 0 : (double)own.Sum(s => s.Ok) / ended, slow.GetValueOrDefault(Whole(sample.At))),
        ];
    }

    // The two files are written by one timer, a few milliseconds apart.
    private static long Whole(TimeSpan at) => (long)Math.Round(at.TotalSeconds);

    private static TimeSpan? P99Of(IEnumerable<LatencyInterval> intervals) =>
        RunRecordLatency.Merge(intervals) is { TotalCount: > 0 } all ? TimeSpan.FromMicroseconds(all.AtQuantile(0.99m)) : null;
}
