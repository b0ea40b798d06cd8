using Harness.Checks.Validity;
using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>One run of one mode, as far as the scorecard looks at it.</summary>
public sealed record PacelcRun
{
    /// <summary>What must hold in every mode: no trade-off pays for it.</summary>
    private static readonly string[] Promises =
    [
        "money-conserved", "no-oversell", "effects-exactly-once", "acknowledged-orders-kept", "compensation-complete", "terminal-agreement", "order-states",
    ];

    /// <summary>The record's name.</summary>
    public required string Id { get; init; }

    public required IReadOnlyList<Operation> History { get; init; }

    /// <summary>N: nothing is wrong.</summary>
    public required TimeWindow Normal { get; init; }

    /// <summary>P: the cut is in place.</summary>
    public required TimeWindow Partition { get; init; }

    /// <summary>H: healed, and the load goes on.</summary>
    public required TimeWindow Healing { get; init; }

    /// <summary>When the cut was healed.</summary>
    public TimeSpan Healed => Partition.Until;

    /// <summary>Arrivals that the generator never sent, by the history's kind of operation and the phase in which they were due.</summary>
    public IReadOnlyDictionary<(string Kind, Phase Phase), long> NotSent { get; init; } = new Dictionary<(string, Phase), long>();

    /// <summary>Tries that were not ok, by kind of operation, phase and class of error.</summary>
    public IReadOnlyDictionary<(string Kind, Phase Phase, string Error), long> Errors { get; init; } =
        new Dictionary<(string, Phase, string), long>();

    /// <summary>The first second in which a breaker was seen open in P; null when none was.</summary>
    public TimeSpan? BreakerOpened { get; init; }

    /// <summary>The ledgers after settling; null when they could not be read.</summary>
    public Audit? Audit { get; init; }

    /// <summary>What the checks of the saga said.</summary>
    public IReadOnlyList<CheckResult> Invariants { get; init; } = [];

    /// <summary>What the check of convergence said; null when it was not asked.</summary>
    public CheckResult? Convergence { get; init; }

    /// <summary>Why the run proves nothing; empty when it does prove something.</summary>
    public IReadOnlyList<string> Invalid { get; init; } = [];

    /// <exception cref="RecordException">A file of the record is damaged.</exception>
    public static PacelcRun Of(RunRecord record) => new()
    {
        Id = record.Description.Id,
        History = record.History,
        Normal = WindowOf(record, Phase.Baseline),
        Partition = WindowOf(record, Phase.Fault),
        Healing = WindowOf(record, Phase.Recovery),
        NotSent = Counted(record, sample => sample.Step is null ? [("", sample.Dropped)] : [])
            .ToDictionary(one => (one.Key.Kind, one.Key.Phase), one => one.Value),
        Errors = Counted(record, sample => sample.Step is null ? [] : sample.Errors.Select(error => (error.Key, error.Value))),
        BreakerOpened = FirstOpen(record),
        Audit = record.Audit,
        Invariants = [.. Promises.Select(name => Guarded.Ask(name, ResultKind.Check, () => Checks.Judge.All.First(check => check.Name == name).Judge(record)))],
        Convergence = Guarded.Ask("convergence", ResultKind.Check, () => new Checks.Convergence.ConvergenceCheck().Judge(record)),
        Invalid = [.. RunValidity.Of(record).Where(result => result.Verdict != Verdict.Pass).Select(result => $"{result.Name}: {result.Summary}")],
    };

    private static TimeWindow WindowOf(RunRecord record, Phase phase) =>
        record.Phases.FirstOrDefault(window => window.Phase == phase) is { } found ? new TimeWindow(found.Start, found.End) : default;

    private static Dictionary<(string Kind, Phase Phase, string Name), long> Counted(
        RunRecord record, Func<ScenarioSample, IEnumerable<(string Name, long Count)>> counts)
    {
        var all = new Dictionary<(string, Phase, string), long>();
        foreach (ScenarioSample sample in record.Series.SelectMany(second => second.Scenarios))
        {
            if (RequestKind.OfScenario(sample.Scenario, sample.Step) is not { } kind)
                continue;
            foreach ((string name, long count) in counts(sample).Where(one => one.Count > 0))
                all[(kind.Name, sample.Phase, name)] = all.GetValueOrDefault((kind.Name, sample.Phase, name)) + count;
        }

        return all;
    }

    private static TimeSpan? FirstOpen(RunRecord record)
    {
        TimeWindow cut = WindowOf(record, Phase.Fault);
        SeriesSample? first = record.Series.FirstOrDefault(second => cut.Has(second.At) && second.Services.Values.Any(service =>
            service.Metrics.Any(metric => metric.Key.StartsWith("breaker_state", StringComparison.Ordinal) && metric.Value >= 2)));
        return first?.At;
    }
}
