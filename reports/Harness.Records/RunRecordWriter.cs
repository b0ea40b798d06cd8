using HdrHistogram;

namespace Harness.Records;

/// <summary>Writes a run record while the run goes: whatever was flushed is readable after a crash.</summary>
public sealed class RunRecordWriter : IAsyncDisposable
{
    /// <summary>Creates the folder and writes <c>run.json</c>.</summary>
    public static RunRecordWriter Create(string runsFolder, RunDescription description, RunClock clock) => throw new NotImplementedException();

    /// <summary>The record's folder.</summary>
    public string Folder => throw new NotImplementedException();

    public RunClock Clock => throw new NotImplementedException();

    /// <summary>Every operation of every client; thread-safe.</summary>
    public HistoryWriter History => throw new NotImplementedException();

    /// <summary>Appends to <c>events.jsonl</c>, flushed at once; thread-safe.</summary>
    public void Write(TimelineEvent happened) => throw new NotImplementedException();

    /// <summary>Appends to <c>series.jsonl</c> and flushes every file of the record.</summary>
    public void Write(SeriesSample sample) => throw new NotImplementedException();

    /// <summary>Appends an interval to <c>latency.hlog</c>.</summary>
    public void Write(LatencyTag tag, TimeSpan start, TimeSpan length, HistogramBase microseconds) => throw new NotImplementedException();

    public void Write(Audit audit) => throw new NotImplementedException();

    public void Write(RunVerdict verdict) => throw new NotImplementedException();

    /// <summary>The file that a process's output goes to, <c>logs/orders.log</c>.</summary>
    public string LogFile(string process) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
