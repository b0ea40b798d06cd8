using HdrHistogram;
using Harness.Records;

namespace Harness.Checks.Validity;

/// <summary>The load that was planned is the load that was sent: a late generator measures itself.</summary>
/// <remarks>
/// Response times are counted from the moment an arrival was due, so lateness makes them longer and never shorter. How much of it can be borne depends on
/// what is judged: a tenth of the tightest latency that the run's author set as a limit, and with none, no more than anybody would call the same load.
/// </remarks>
internal static class GeneratorKeptUp
{
    public const string Name = "generator-kept-up";
    private const double MaxDroppedRatio = 0.01;
    private const double ShareOfLimit = 0.1;

    /// <summary>What a generator on a shared machine of two processors does when nothing is wrong with it.</summary>
    private static readonly TimeSpan LeastP99 = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan MostP99 = TimeSpan.FromMilliseconds(50);

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

        TimeSpan p99 = TimeSpan.FromMicroseconds(lateness.AtQuantile(0.99m)), limit = LimitFor(record.Description.Expect);
        bool keptUp = p99 <= limit && droppedRatio <= MaxDroppedRatio;
        return Answer(
            keptUp ? Verdict.Pass : Verdict.Fail,
            $"Of {Plural.Of(due, "arrival")}, 99 % were sent within {p99.TotalMilliseconds:0.##} ms (limit {limit.TotalMilliseconds:0.##} ms) "
                + $"and {dropped} ({droppedRatio:0.##%}) were dropped (limit {MaxDroppedRatio:0%}).",
            new() { ["latenessP99Microseconds"] = p99.TotalMicroseconds, ["limitMicroseconds"] = limit.TotalMicroseconds, ["droppedRatio"] = droppedRatio, ["arrivals"] = due });
    }

    /// <summary>How late 99 of 100 arrivals may be for these expectations to be judged.</summary>
    /// <returns>5 ms to 50 ms.</returns>
    internal static TimeSpan LimitFor(IReadOnlyList<Expectation> expectations)
    {
        // The text of a threshold may ask for any measure of latency.
        if (expectations.OfType<ThresholdExpectation>().Any())
            return LeastP99;
        TimeSpan tightest = expectations.OfType<LatencyExpectation>().Select(latency => latency.Max).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        TimeSpan share = tightest * ShareOfLimit;
        return share < LeastP99 ? LeastP99 : share > MostP99 ? MostP99 : share;
    }

    // The warm-up is there to be uneven.
    private static bool IsJudged(Phase phase) => phase is Phase.Baseline or Phase.Fault or Phase.Recovery;

    private static CheckResult Answer(Verdict verdict, string summary, Dictionary<string, double> numbers) =>
        new() { Name = Name, Kind = ResultKind.Validity, Verdict = verdict, Summary = summary, Numbers = numbers };
}
