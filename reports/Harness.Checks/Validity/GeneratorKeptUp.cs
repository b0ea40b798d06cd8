using HdrHistogram;
using Harness.Records;

namespace Harness.Checks.Validity;

/// <summary>The load that was planned is the load that was sent: a late generator measures itself.</summary>
internal static class GeneratorKeptUp
{
    public const string Name = "generator-kept-up";
    private const double MaxDroppedRatio = 0.01;
    private static readonly TimeSpan MaxLatenessP99 = TimeSpan.FromMilliseconds(5);

    public static CheckResult Judge(RunRecord record)
    {
        ScenarioSample[] samples = [.. record.Series.SelectMany(s => s.Scenarios).Where(s => s.Step is null && IsJudged(s.Phase))];
        long due = samples.Sum(s => s.Due);
        long dropped = samples.Sum(s => s.Dropped);
        HistogramBase lateness = RunRecordLatency.Merge(
            record.Latency.Where(i => i.Tag.Measure == LatencyTag.Lateness && IsJudged(i.Tag.Phase)));
        if (due == 0)
            return Answer(Verdict.Unknown, "No arrival was due in the baseline, the fault or the recovery.", []);

        double droppedRatio = (double)dropped / due;
        if (lateness.TotalCount == 0)
            return Answer(Verdict.Unknown, $"How late the {due} arrivals were sent was not recorded.", []);

        TimeSpan p99 = TimeSpan.FromMicroseconds(lateness.AtQuantile(0.99m));
        bool keptUp = p99 <= MaxLatenessP99 && droppedRatio <= MaxDroppedRatio;
        return Answer(
            keptUp ? Verdict.Pass : Verdict.Fail,
            $"Of {Plural.Of(due, "arrival")}, 99 % were sent within {p99.TotalMilliseconds:0.##} ms (limit {MaxLatenessP99.TotalMilliseconds} ms) "
                + $"and {dropped} ({droppedRatio:0.##%}) were dropped (limit {MaxDroppedRatio:0%}).",
            new() { ["latenessP99Microseconds"] = p99.TotalMicroseconds, ["droppedRatio"] = droppedRatio, ["arrivals"] = due });
    }

    // The warm-up is there to be uneven.
    private static bool IsJudged(Phase phase) => phase is Phase.Baseline or Phase.Fault or Phase.Recovery;

    private static CheckResult Answer(Verdict verdict, string summary, Dictionary<string, double> numbers) =>
        new() { Name = Name, Kind = ResultKind.Validity, Verdict = verdict, Summary = summary, Numbers = numbers };
}
