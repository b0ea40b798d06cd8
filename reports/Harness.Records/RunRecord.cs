using System.Text.Json;

namespace Harness.Records;

/// <summary>A run record as read from disk; complete or cut short by a crash.</summary>
/// <remarks>Each file is read when first asked for, and then kept. Any of the members may throw a <see cref="RecordException"/>
/// when its file is damaged before its end.</remarks>
public sealed class RunRecord
{
    private readonly Lazy<IReadOnlyList<TimelineEvent>> _events;
    private readonly Lazy<IReadOnlyList<Operation>> _history;
    private readonly Lazy<IReadOnlyList<SeriesSample>> _series;
    private readonly Lazy<IReadOnlyList<LatencyInterval>> _latency;
    private readonly Lazy<Audit?> _audit;
    private readonly Lazy<RunVerdict?> _verdict;
    private readonly Lazy<IReadOnlyList<PhaseWindow>> _phases;
    private readonly Lazy<IReadOnlyList<FaultWindow>> _faults;

    private RunRecord(string folder, RunDescription description)
    {
        Folder = folder;
        Description = description;
        _events = new(() => JsonLines<TimelineEvent>(RecordFiles.Events));
        _history = new(() => HistoryReader.Read(In(RecordFiles.History)));
        _series = new(() => JsonLines<SeriesSample>(RecordFiles.Series));
        _latency = new(() => LatencyLogReader.Read(In(RecordFiles.Latency)));
        _audit = new(() => RecordDocument.Read<Audit>(In(RecordFiles.Audit)));
        _verdict = new(() => RecordDocument.Read<RunVerdict>(In(RecordFiles.Verdict)));
        _phases = new(() => PhaseWindow.From(Events));
        _faults = new(() => FaultWindow.From(Events));
    }

    /// <summary>Reads <c>run.json</c> and finds the other files; each is read when first asked for.</summary>
    /// <exception cref="RecordException">The folder is no record, or of a newer format.</exception>
    public static RunRecord Open(string folder)
    {
        string full = Path.GetFullPath(folder);
        RunDescription? description = RecordDocument.Read<RunDescription>(Path.Combine(full, RecordFiles.Description));
        if (description is null)
            throw new RecordException($"{full} is no run record: it has no {RecordFiles.Description}.");

        if (description.FormatVersion > RunDescription.CurrentFormatVersion)
        {
            throw new RecordException(
                $"{full} has format {description.FormatVersion}; this build reads up to {RunDescription.CurrentFormatVersion}.");
        }

        return new RunRecord(full, description);
    }

    /// <summary>An absolute path.</summary>
    public string Folder { get; }

    public RunDescription Description { get; }

    public IReadOnlyList<TimelineEvent> Events => _events.Value;

    /// <summary>In the order in which the operations were recorded, nearly that of their completion.</summary>
    public IReadOnlyList<Operation> History => _history.Value;

    public IReadOnlyList<SeriesSample> Series => _series.Value;

    /// <summary>Every interval of <c>latency.hlog</c>, in file order.</summary>
    public IReadOnlyList<LatencyInterval> Latency => _latency.Value;

    /// <summary>Null when the run ended before the services could be asked.</summary>
    public Audit? Audit => _audit.Value;

    /// <summary>Null until the run was judged.</summary>
    public RunVerdict? Verdict => _verdict.Value;

    /// <summary>When each phase really began and ended, from the events; a phase cut short ends with the last event.</summary>
    public IReadOnlyList<PhaseWindow> Phases => _phases.Value;

    /// <summary>When each fault was in place, from the events.</summary>
    public IReadOnlyList<FaultWindow> Faults => _faults.Value;

    private string In(string file) => Path.Combine(Folder, file);

    private IReadOnlyList<T> JsonLines<T>(string file) where T : class =>
        RecordLines.Read(In(file), line => JsonSerializer.Deserialize<T>(line, RecordJson.Line));
}
