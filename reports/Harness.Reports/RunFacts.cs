using Harness.Records;

namespace Harness.Reports;

/// <summary>All that a report is made from, in memory: rendering reads nothing else, neither disk nor clock.</summary>
public sealed record RunFacts
{
    public required RunDescription Description { get; init; }

    public required RunVerdict Verdict { get; init; }

    public IReadOnlyList<TimelineEvent> Events { get; init; } = [];

    public IReadOnlyList<SeriesSample> Series { get; init; } = [];

    public IReadOnlyList<LatencyInterval> Latency { get; init; } = [];

    public IReadOnlyList<PhaseWindow> Phases { get; init; } = [];

    public IReadOnlyList<FaultWindow> Faults { get; init; } = [];

    /// <summary>The files beside the report, in the order to show them.</summary>
    public IReadOnlyList<RecordFile> Files { get; init; } = [];

    /// <summary>Reads every part of a record that a report shows.</summary>
    public static RunFacts Of(RunRecord record, RunVerdict verdict) => new()
    {
        Description = record.Description,
        Verdict = verdict,
        Events = record.Events,
        Series = record.Series,
        Latency = record.Latency,
        Phases = record.Phases,
        Faults = record.Faults,
        Files = RecordFile.In(record.Folder),
    };

    /// <summary>From the start of the run to the last thing known of it.</summary>
    public TimeSpan Length => new[]
    {
        Events.Select(e => e.At).DefaultIfEmpty().Max(),
        Phases.Select(p => p.End).DefaultIfEmpty().Max(),
        Series.Select(s => s.At).DefaultIfEmpty().Max(),
    }.Max();

    /// <summary>The scenarios in the order they were planned; one that only the data know comes last.</summary>
    public IReadOnlyList<string> Scenarios =>
    [
        .. Description.Load.Select(l => l.Scenario)
            .Concat(Series.SelectMany(s => s.Scenarios).Select(s => s.Scenario))
            .Concat(Latency.Select(l => l.Tag.Scenario))
            .Distinct(StringComparer.Ordinal),
    ];
}
