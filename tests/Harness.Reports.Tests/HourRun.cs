using Harness.Records;

namespace Harness.Reports.Tests;

/// <summary>An hour of load with a fault in its middle: what a page has to carry at most.</summary>
internal static class HourRun
{
    public static RunFacts Facts()
    {
        var load = new SampleLoad(seed: 11);
        for (int second = 3; second <= 3602; second++)
            load.Add(second, second is > 1202 and <= 2402 ? Phase.Fault : second <= 1202 ? Phase.Baseline : Phase.Recovery);
        return SampleRun.Facts() with
        {
            Series = load.Series,
            Latency = load.Latency,
            Events = [new TimelineEvent { At = SampleRun.Seconds(3602), Kind = EventKind.RunEnded }],
            Phases =
            [
                new PhaseWindow(Phase.Baseline, SampleRun.Seconds(2), SampleRun.Seconds(1202)),
                new PhaseWindow(Phase.Fault, SampleRun.Seconds(1202), SampleRun.Seconds(2402)),
                new PhaseWindow(Phase.Recovery, SampleRun.Seconds(2402), SampleRun.Seconds(3602)),
            ],
            Faults = [new FaultWindow("partition-1", SampleRun.Seconds(1202), SampleRun.Seconds(2402), null)],
        };
    }
}
