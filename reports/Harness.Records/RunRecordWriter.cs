using HdrHistogram;

namespace Harness.Records;

/// <summary>Writes a run record while the run goes: whatever was flushed is readable after a crash.</summary>
public sealed class RunRecordWriter : IAsyncDisposable, IDisposable
{
    private readonly JsonLinesWriter _events;
    private readonly JsonLinesWriter _series;
    private readonly LatencyLogWriter _latency;

    private RunRecordWriter(string folder, RunDescription description, RunClock clock, HistoryWriter history)
    {
        (Folder, Description, Clock, History) = (folder, description, clock, history);
        _events = new JsonLinesWriter(Path.Combine(folder, RecordFiles.Events));
        _series = new JsonLinesWriter(Path.Combine(folder, RecordFiles.Series));
        _latency = new LatencyLogWriter(Path.Combine(folder, RecordFiles.Latency), clock.StartedAt);
        Directory.CreateDirectory(Path.Combine(folder, RecordFiles.Logs));
        RecordDocument.Write(Path.Combine(folder, RecordFiles.Description), description);
    }

    /// <summary>Creates the folder, named after the start and the experiment (and <c>-2</c>, <c>-3</c> when that is taken), and writes
    /// <c>run.json</c>, whose id is the folder's name whatever the description said.</summary>
    /// <exception cref="RecordException">The folder cannot be made or written to.</exception>
    public static RunRecordWriter Create(string runsFolder, RunDescription description, RunClock clock)
    {
        string name = RecordName.Of(description.StartedAt, description.Experiment);
        try
        {
            Directory.CreateDirectory(runsFolder);
            for (int attempt = 1; ; attempt++)
            {
                string id = attempt == 1 ? name : $"{name}-{attempt}";
                string folder = Path.GetFullPath(Path.Combine(runsFolder, id));
                if (Claim(folder) is { } history)
                    return new RunRecordWriter(folder, description with { Id = id }, clock, history);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordException($"A run record cannot be written to {runsFolder}: {e.Message}", e);
        }
    }

    /// <summary>Puts a new verdict into a record that was judged again.</summary>
    public static void WriteVerdict(string folder, RunVerdict verdict) =>
        RecordDocument.Write(Path.Combine(folder, RecordFiles.Verdict), verdict);

    /// <summary>The record's folder, an absolute path.</summary>
    public string Folder { get; }

    /// <summary>What stands in <c>run.json</c>.</summary>
    public RunDescription Description { get; }

    public RunClock Clock { get; }

    /// <summary>Every operation of every client; thread-safe.</summary>
    public HistoryWriter History { get; }

    /// <summary>Appends to <c>events.jsonl</c>, flushed at once; thread-safe.</summary>
    public void Write(TimelineEvent happened) => _events.Write(happened);

    /// <summary>Appends to <c>series.jsonl</c> and flushes every file of the record.</summary>
    public void Write(SeriesSample sample)
    {
        _series.Write(sample);
        History.Flush();
    }

    /// <summary>Appends an interval to <c>latency.hlog</c>.</summary>
    public void Write(LatencyTag tag, TimeSpan start, TimeSpan length, HistogramBase microseconds) =>
        _latency.Write(tag, start, length, microseconds);

    public void Write(Audit audit) => RecordDocument.Write(Path.Combine(Folder, RecordFiles.Audit), audit);

    public void Write(RunVerdict verdict) => WriteVerdict(Folder, verdict);

    /// <summary>The file that a process's output goes to, <c>logs/orders.log</c>; what no file may be called is replaced.</summary>
    public string LogFile(string process) => Path.Combine(Folder, RecordFiles.Logs, RecordName.Safe(process) + ".log");

    /// <summary>Flushes and closes every file.</summary>
    public void Dispose()
    {
        History.Dispose();
        _events.Dispose();
        _series.Dispose();
        _latency.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    // Creating its history claims a folder: of two harnesses that start in the same second only one can.
    private static HistoryWriter? Claim(string folder)
    {
        if (Directory.Exists(folder) || File.Exists(folder))
            return null;

        Directory.CreateDirectory(folder);
        string history = Path.Combine(folder, RecordFiles.History);
        try
        {
            return new HistoryWriter(history);
        }
        catch (IOException) when (File.Exists(history))
        {
            return null;
        }
    }
}
