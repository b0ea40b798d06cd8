using Harness.Checks.Cache;
using Harness.Checks.Pacelc;
using Harness.Records;

namespace Harness.Reports.Comparing;

/// <summary>What a comparison is worked out from, kept second by second; several like runs can be put together.</summary>
internal sealed class RunBlocks
{
    private static readonly Phase[] Compared = [Phase.Baseline, Phase.Fault, Phase.Recovery];

    private readonly ILookup<(string, string?, Phase), (long Hits, long Count)> _available;
    private readonly ILookup<(string, string?, Phase), LatencyInterval> _latency;
    private readonly IReadOnlyList<(long Hits, long Count)> _stale;
    private readonly IReadOnlyList<(string Scenario, string? Step)> _asked;

    private RunBlocks(
        ILookup<(string, string?, Phase), (long, long)> available,
        ILookup<(string, string?, Phase), LatencyInterval> latency,
        IReadOnlyList<(long, long)> stale,
        IReadOnlyList<(string, string?)> asked) => (_available, _latency, _stale, _asked) = (available, latency, stale, asked);

    /// <param name="facts">The run.</param>
    /// <param name="history">Its operations, for what reads saw; empty where they are not to be looked at.</param>
    public static RunBlocks Of(RunFacts facts, IReadOnlyList<Operation> history)
    {
        var blocks = new List<((string, string?, Phase) Key, (long, long) Block)>();
        foreach (ScenarioSample s in facts.Series.SelectMany(sample => sample.Scenarios))
            blocks.Add(((s.Scenario, s.Step, s.Phase), (s.Ok, s.Ok + s.Refused + s.Unknown + s.Dropped)));

        // What never ended was due and was not answered.
        foreach (var last in facts.Series.SelectMany(sample => sample.Scenarios).GroupBy(s => (s.Scenario, s.Step, s.Phase)).Select(same => same.Last()).Where(s => s.Step is null && s.Open > 0))
            blocks.Add(((last.Scenario, last.Step, last.Phase), (0, last.Open)));
        return new RunBlocks(
            blocks.ToLookup(one => one.Key, one => one.Block),
            facts.Latency.Where(l => l.Tag.Measure != LatencyTag.Lateness).ToLookup(l => (l.Tag.Scenario, l.Tag.Step, l.Tag.Phase)),
            [
                .. Staleness.Reads(history).GroupBy(one => one.Read.Invoked.Ticks / TimeSpan.TicksPerSecond)
                    .Select(second => (second.LongCount(one => one.IsStale), second.LongCount())),
            ],
            [.. AskedOf(facts)]);
    }

    /// <summary>Runs of the same thing, as if they were one.</summary>
    public static RunBlocks Together(IReadOnlyList<RunBlocks> runs) => runs.Count == 1 ? runs[0] : new RunBlocks(
        runs.SelectMany(run => run._available.SelectMany(own => own.Select(block => (own.Key, block)))).ToLookup(one => one.Key, one => one.block),
        runs.SelectMany(run => run._latency.SelectMany(own => own.Select(block => (own.Key, block)))).ToLookup(one => one.Key, one => one.block),
        [.. runs.SelectMany(run => run._stale)],
        [.. runs.SelectMany(run => run._asked).Distinct()]);

    /// <summary>Null when nothing could be compared with what was known.</summary>
    public ShareEstimate? Stale() => _stale.Sum(block => block.Count) == 0 ? null : ShareEstimate.Of(_stale);

    /// <summary>By measure, then by phase; only what was asked for.</summary>
    public IReadOnlyList<ComparedMeasure> Measures() =>
    [
        .. from asked in _asked
           from phase in Compared
           let key = (asked.Scenario, asked.Step, phase)
           let blocks = _available[key].Where(block => block.Count > 0).ToList()
           where blocks.Count > 0
           let latency = new LatencyBlocks([.. _latency[key]])
           select new ComparedMeasure(asked.Scenario, asked.Step, phase, ShareEstimate.Of(blocks), latency.At(0.5m), latency.At(0.99m)),
    ];

    // Whole iterations, and the steps that the run's author set limits on.
    private static IEnumerable<(string Scenario, string? Step)> AskedOf(RunFacts facts)
    {
        foreach (string scenario in facts.Scenarios)
        {
            yield return (scenario, null);
            foreach (string step in facts.Description.Expect.Select(e => StepOf(e, scenario)).OfType<string>().Distinct())
                yield return (scenario, step);
        }
    }

    private static string? StepOf(Expectation expectation, string scenario) => expectation switch
    {
        AvailabilityExpectation one when one.Scenario == scenario => one.Step,
        LatencyExpectation one when one.Scenario == scenario => one.Step,
        _ => null,
    };
}
