using System.Diagnostics;
using Harness.Chaos.Environments.Leftovers;
using Harness.Chaos.Environments.Processes;

namespace Harness.Chaos.Environments;

/// <summary>
/// A process of this run. Its standard input is a pipe that only the harness holds: when the harness dies, however it dies, the pipe ends
/// and the child ends itself. Its output goes to a log file of the record.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    /// <summary>
    /// Puts a child in a session and a process group of its own, under the same process id: Ctrl-C in a terminal, and a signal to our whole
    /// group, reach us alone, and we heal before we let go of it. Null where the system has no such program.
    /// </summary>
    private static readonly string? OwnGroup = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "setsid")).FirstOrDefault(File.Exists);

    /// <summary>
    /// Load and proxies come first: on a machine with few processors a generator that waits behind its own target measures the queue for the
    /// processor, not the target. One step only: a target that strangers could starve while the generator still kept up would look broken, and
    /// the run would believe it. Lowering a child needs no privilege, raising the generator would.
    /// </summary>
    private static readonly string[] StepBack = ["nice", "-n", "4"];

    private static readonly TimeSpan GracefulStop = TimeSpan.FromSeconds(4);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Queue<string> _lastLines = new();
    private readonly Lock _writing = new();
    private bool _closed;
    private int? _intent;

    private ChildProcess(string name, Process process, StreamWriter log)
    {
        Name = name;
        _process = process;
        _log = log;
    }

    public string Name { get; }

    /// <summary>By which the system knows it; still known when it has ended.</summary>
    public int Id { get; private set; }

    public bool HasExited => Exited.IsCompleted;

    /// <summary>Completes with this process when it has ended.</summary>
    public Task<ChildProcess> Exited { get; private set; } = null!;

    /// <summary>What it ended with; 0 before that.</summary>
    public int ExitCode { get; private set; }

    /// <summary>True once <see cref="DisposeAsync"/> was called: its end is then no surprise.</summary>
    public bool Stopping { get; private set; }

    /// <summary>The last lines it printed, for error messages.</summary>
    public string LastWords
    {
        get
        {
            lock (_writing)
                return string.Join(Environment.NewLine, _lastLines);
        }
    }

    /// <param name="name">What people call it.</param>
    /// <param name="command">The program and its arguments, one an entry; no shell is involved.</param>
    /// <param name="logFile">Appended to.</param>
    /// <param name="variables">Put into its environment: where secrets are passed, which everybody could read on a command line.</param>
    public static ChildProcess Start(string name, IReadOnlyList<string> command, string logFile, IReadOnlyDictionary<string, string>? variables = null)
    {
        IReadOnlyList<string> grouped = OwnGroup is null ? command : [OwnGroup, .. StepBack, .. command];
        var start = new ProcessStartInfo(grouped[0], grouped.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        OwnRuntime.Forget(start);
        foreach ((string variable, string value) in variables ?? new Dictionary<string, string>())
            start.Environment[variable] = value;
        var log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(name, process, log);
        process.OutputDataReceived += (_, line) => child.Log(line.Data);
        process.ErrorDataReceived += (_, line) => child.Log(line.Data);
        process.Start();
        child.Id = process.Id;
        child._intent = ProcessMark.Of(process.Id) is { } mark ? IntentJournal.Own.Note(new ProcessIntent(name, mark)) : null;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        child.Exited = child.WaitAsync();
        return child;
    }

    /// <summary>Ends it and everything it started at once, as a crash does.</summary>
    /// <returns>How many processes that were.</returns>
    public async Task<int> KillAsync()
    {
        Stopping = true;
        IReadOnlyList<int> tree = ProcessTree.Of(Id);
        int killed = tree.Count(id => Signals.Send(id, Signal.Kill));
        await Exited;
        // Its children are buried by others: it is over when they are gone from the table or only their names are left.
        while (tree.Any(id => ProcessTree.StateOf(id) is not (null or 'Z')))
            await Task.Delay(5);
        return killed;
    }

    /// <summary>Closes its input, which asks it to end; kills it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        Stopping = true;
        if (!_process.HasExited)
            _process.StandardInput.Close();
        try
        {
            await Exited.WaitAsync(GracefulStop);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await Exited;
        }

        lock (_writing)
        {
            _closed = true;
            _log.Dispose();
        }

        _process.Dispose();
    }

    private async Task<ChildProcess> WaitAsync()
    {
        await _process.WaitForExitAsync();
        ExitCode = _process.ExitCode;
        if (_intent is { } noted)
            IntentJournal.Own.Undone(noted);
        return this;
    }

    private void Log(string? line)
    {
        if (line is null)
            return;
        lock (_writing)
        {
            if (_closed)
                return;
            _log.WriteLine(line);
            _lastLines.Enqueue(line);
            if (_lastLines.Count > 15)
                _lastLines.Dequeue();
        }
    }
}
