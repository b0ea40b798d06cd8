using Harness.Records;
using HdrHistogram;

namespace Harness.Reports.Tests;

/// <summary>A made-up run that looks like a real one: two scenarios, one partition, a failed check with its witness. Always the same.</summary>
internal static class SampleRun
{
    private static readonly (Phase Phase, int From, int To)[] Timeline =
        [(Phase.Warmup, 2, 5), (Phase.Baseline, 5, 15), (Phase.Fault, 15, 30), (Phase.Recovery, 30, 45), (Phase.Settle, 45, 49)];

    public static RunFacts Facts()
    {
        var load = new SampleLoad(seed: 7);
        for (int second = 3; second <= 49; second++)
            load.Add(second, PhaseAt(second - 1));
        return new RunFacts
        {
            Description = SampleDescription.Of(Timeline.Select(p => new PlannedPhase(p.Phase, Seconds(p.To - p.From)))),
            Verdict = SampleVerdict.Failed(),
            Events = [.. Events()],
            Series = load.Series,
            Latency = load.Latency,
            Phases = [.. Timeline.Select(p => new PhaseWindow(p.Phase, Seconds(p.From), Seconds(p.To)))],
            Faults = [new FaultWindow("partition-1", Seconds(15.02), Seconds(30.01), new Dictionary<string, double>
            {
                ["connectionsRefused"] = 214, ["connectionsCut"] = 6, ["bytesHeldBack"] = 51_204,
            })],
            Files = [new RecordFile("run.json", 2_310), new RecordFile("history.bin", 812_444), new RecordFile("logs/orders.log", 90_112)],
        };
    }

    private static Phase PhaseAt(int second) => Timeline.First(p => second >= p.From && second < p.To).Phase;

    private static IEnumerable<TimelineEvent> Events()
    {
        yield return new TimelineEvent { At = TimeSpan.Zero, Kind = EventKind.RunStarted };
        yield return new TimelineEvent { At = Seconds(1.9), Kind = EventKind.EnvironmentReady, Detail = "3 services, 7 proxies" };
        foreach (var (phase, from, to) in Timeline)
        {
            string name = phase.ToString().ToLowerInvariant();
            yield return new TimelineEvent { At = Seconds(from), Kind = EventKind.PhaseStarted, Subject = name };
            if (phase == Phase.Fault)
                yield return new TimelineEvent { At = Seconds(15.02), Kind = EventKind.FaultInjected, Subject = "partition-1" };
            yield return new TimelineEvent { At = Seconds(to), Kind = EventKind.PhaseEnded, Subject = name };
        }

        yield return new TimelineEvent { At = Seconds(30.01), Kind = EventKind.FaultHealed, Subject = "partition-1" };
        yield return new TimelineEvent { At = Seconds(48.4), Kind = EventKind.Settled, Numbers = new Dictionary<string, double> { ["pendingOrders"] = 0 } };
        yield return new TimelineEvent { At = Seconds(49), Kind = EventKind.RunEnded };
    }

    internal static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    internal static LongHistogram Histogram() => new(1, 60_000_000, 2);
}
