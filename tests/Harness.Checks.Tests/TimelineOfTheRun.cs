using HdrHistogram;
using Harness.Records;

namespace Harness.Checks.Tests;

/// <summary>Baseline until 5 s, a fault until 15 s, recovery until 20 s, settled at 22 s, ended at 25 s; 100 arrivals a phase, each answered within 20 ms.</summary>
internal static class TimelineOfTheRun
{
    public static void Add(TestRecord record)
    {
        record.Events.AddRange(
        [
            Event(0, EventKind.RunStarted),
            Event(0, EventKind.PhaseStarted, "baseline"),
            Event(5, EventKind.PhaseEnded, "baseline"),
            Event(5, EventKind.PhaseStarted, "fault"),
            Event(5, EventKind.FaultInjected, TestRecord.Fault),
            Event(15, EventKind.FaultHealed, TestRecord.Fault),
            Event(15, EventKind.FaultEvidence, TestRecord.Fault) with { Numbers = new Dictionary<string, double> { ["connections"] = 3, ["bytes"] = 0 } },
            Event(15, EventKind.PhaseEnded, "fault"),
            Event(15, EventKind.PhaseStarted, "recovery"),
            Event(20, EventKind.PhaseEnded, "recovery"),
            Event(20, EventKind.PhaseStarted, "settle"),
            Event(22, EventKind.Settled),
            Event(25, EventKind.PhaseEnded, "settle"),
            Event(25, EventKind.RunEnded),
        ]);
        foreach (Phase phase in new[] { Phase.Baseline, Phase.Fault, Phase.Recovery })
            AddPhase(record, phase);
    }

    public static TimelineEvent Event(int second, EventKind kind, string? subject = null) =>
        new() { At = TimeSpan.FromSeconds(second), Kind = kind, Subject = subject };

    /// <summary>One interval with these values.</summary>
    public static LatencyInterval Interval(LatencyTag tag, params IEnumerable<double> milliseconds)
    {
        var histogram = new LongHistogram(1, 3_600_000_000, 3);
        foreach (double value in milliseconds)
            histogram.RecordValue((long)(value * 1000));
        return new LatencyInterval(tag, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), histogram);
    }

    // The counts come in two samples, as they do when arrivals are due in one second and answered in the next.
    private static void AddPhase(TestRecord record, Phase phase)
    {
        record.Series.Add(Sample(record, new ScenarioSample { Scenario = "checkout", Phase = phase, Due = 100, Sent = 100, Ok = 60, Open = 40 }));
        record.Series.Add(Sample(
            record,
            new ScenarioSample { Scenario = "checkout", Phase = phase, Ok = 38, Refused = 1, Unknown = 1 },
            new ScenarioSample { Scenario = "checkout", Step = "place", Phase = phase, Ok = 90, Refused = 5, Unknown = 5 }));
        record.Latency.Add(Interval(new LatencyTag(phase, "checkout", LatencyTag.Response), Enumerable.Range(0, 100).Select(i => i / 5.0)));
        record.Latency.Add(Interval(LatencyTag.ForStep(phase, "checkout", "place"), Enumerable.Range(0, 100).Select(i => i / 10.0)));
        record.Latency.Add(Interval(new LatencyTag(phase, "checkout", LatencyTag.Lateness), Enumerable.Repeat(0.4, 100)));
    }

    private static SeriesSample Sample(TestRecord record, params ScenarioSample[] scenarios) =>
        new() { At = TimeSpan.FromSeconds(record.Series.Count + 1), Scenarios = scenarios };
}
