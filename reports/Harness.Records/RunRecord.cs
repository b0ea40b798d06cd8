using HdrHistogram;

namespace Harness.Records;

/// <summary>A run record as read from disk; complete or cut short by a crash.</summary>
public sealed class RunRecord
{
    /// <summary>Reads <c>run.json</c> and finds the other files; each is read when first asked for.</summary>
    /// <exception cref="RecordException">The folder is no record, or of a newer format.</exception>
    public static RunRecord Open(string folder) => throw new NotImplementedException();

    public string Folder => throw new NotImplementedException();

    public RunDescription Description => throw new NotImplementedException();

    public IReadOnlyList<TimelineEvent> Events => throw new NotImplementedException();

    public IReadOnlyList<Operation> History => throw new NotImplementedException();

    public IReadOnlyList<SeriesSample> Series => throw new NotImplementedException();

    /// <summary>Every interval of <c>latency.hlog</c>, in file order.</summary>
    public IReadOnlyList<LatencyInterval> Latency => throw new NotImplementedException();

    /// <summary>Null when the run ended before the services could be asked.</summary>
    public Audit? Audit => throw new NotImplementedException();

    /// <summary>Null until the run was judged.</summary>
    public RunVerdict? Verdict => throw new NotImplementedException();

    /// <summary>When each phase really began and ended, from the events; a phase cut short ends with the last event.</summary>
    public IReadOnlyList<PhaseWindow> Phases => throw new NotImplementedException();

    /// <summary>When each fault was in place, from the events.</summary>
    public IReadOnlyList<FaultWindow> Faults => throw new NotImplementedException();
}

/// <summary>A line of <c>latency.hlog</c>; its histogram counts microseconds.</summary>
public sealed record LatencyInterval(LatencyTag Tag, TimeSpan Start, TimeSpan Length, HistogramBase Microseconds);

public sealed record PhaseWindow(Phase Phase, TimeSpan Start, TimeSpan End);

/// <summary>A fault from injected to healed; <c>Evidence</c> is what it was seen to do, null when nothing was reported.</summary>
public sealed record FaultWindow(string Name, TimeSpan Start, TimeSpan? End, IReadOnlyDictionary<string, double>? Evidence);

/// <summary>A folder that cannot be read as a run record; the message says which file and why.</summary>
public sealed class RecordException : Exception
{
    public RecordException(string message) : base(message) { }

    public RecordException(string message, Exception inner) : base(message, inner) { }
}
