using Harness.Records;
using Harness.Reports.Comparing;

namespace Harness.Reports.Tests.Comparing;

/// <summary>Made-up runs to compare: of one experiment in two ways, and of a whole suite.</summary>
internal static class SampleRuns
{
    private static readonly RunFacts Facts = SampleRun.Facts();

    /// <summary>Choreography, then orchestration; the second is slower under the fault when <paramref name="slower"/> is above 1.</summary>
    public static IReadOnlyList<RunInput> Two(double slower = 3) =>
    [
        Run("20260102T030405Z-payments-partition", "payments-partition", "choreography", 1, 1, Verdict.Pass),
        Run("20260102T040506Z-payments-partition", "payments-partition", "orchestration", slower, 1, Verdict.Fail),
    ];

    /// <summary>Eight experiments, each plain and hardened.</summary>
    public static IReadOnlyList<RunInput> Suite() =>
    [
        .. Enumerable.Range(0, 16).Select(i => Run(
            $"20260102T0304{i:00}Z-fallacy-{i / 2 + 1}", $"fallacy-{i / 2 + 1}", i % 2 == 0 ? "plain" : "hardened", i % 2 == 0 ? 1 + i / 4.0 : 1, i % 2 == 0 ? 0.6 : 1,
            i % 2 == 0 && i % 3 == 0 ? Verdict.Fail : i == 5 ? Verdict.Unknown : Verdict.Pass)),
    ];

    public static RunInput Hostile()
    {
        RunFacts facts = HostileRun.Facts();
        return new RunInput(
            facts with { Description = facts.Description with { Id = HostileRun.Element, Variant = new Dictionary<string, string> { [HostileRun.Element] = HostileRun.Script } } },
            Path.Combine(Path.GetTempPath(), "runs", "\"><script>alert(1)</script>"), [], null);
    }

    /// <param name="id">The record's folder.</param>
    /// <param name="experiment">Its name.</param>
    /// <param name="coordination">What sets it apart.</param>
    /// <param name="slower">The latencies of the fault phase times this.</param>
    /// <param name="okRatio">Of what was answered ok under the fault, this share still is.</param>
    /// <param name="verdict">What was proven.</param>
    public static RunInput Run(string id, string experiment, string coordination, double slower, double okRatio, Verdict verdict, int seed = 42) => new(
        Facts with
        {
            Description = Facts.Description with
            {
                Id = id, Experiment = experiment, Seed = seed, Variant = new Dictionary<string, string> { ["coordination"] = coordination },
                Command = $"./harness run {experiment} --seed {seed} --matrix coordination={coordination}",
            },
            Verdict = verdict == Verdict.Fail ? SampleVerdict.Failed() : new RunVerdict
            {
                Verdict = verdict, Sentence = verdict == Verdict.Pass ? "Passed: every answer is as hoped for." : "Unknown: the generator did not keep up.",
                Results = [.. SampleVerdict.Failed().Results.Where(result => result.Verdict != Verdict.Fail)],
            },
            Series = [.. Facts.Series.Select(sample => sample with { Scenarios = [.. sample.Scenarios.Select(s => Less(s, okRatio))] })],
            Latency = [.. Facts.Latency.Select(l => l.Tag.Phase == Phase.Fault ? Slower(l, slower) : l)],
        },
        Path.Combine(Path.GetTempPath(), "runs", id), [.. History(coordination == "hardened" ? 0 : 40)], 0.4);

    private static ScenarioSample Less(ScenarioSample sample, double okRatio) => sample.Phase != Phase.Fault ? sample
        : sample with { Ok = (long)(sample.Ok * okRatio), Unknown = sample.Unknown + sample.Ok - (long)(sample.Ok * okRatio) };

    private static LatencyInterval Slower(LatencyInterval interval, double factor)
    {
        HdrHistogram.LongHistogram slower = SampleRun.Histogram();
        foreach (var value in interval.Microseconds.RecordedValues())
            slower.RecordValueWithCount((long)(value.ValueIteratedTo * factor), value.CountAtValueIteratedTo);
        return new LatencyInterval(interval.Tag, interval.Start, interval.Length, slower);
    }

    // A price that rises each second; some reads show the one before.
    private static IEnumerable<Operation> History(int stale)
    {
        for (int second = 1; second <= 40; second++)
        {
            yield return new Operation(1, "reprice", "sku", $"{second}", SampleRun.Seconds(second), SampleRun.Seconds(second + 0.01), Outcome.Ok);
            for (int i = 0; i < 10; i++)
                yield return new Operation(2, "read-product", "sku", $"{(i == 0 && second <= stale ? second - 1 : second)}", SampleRun.Seconds(second + 0.1 + (i * 0.05)), SampleRun.Seconds(second + 0.11 + (i * 0.05)), Outcome.Ok);
        }
    }
}
