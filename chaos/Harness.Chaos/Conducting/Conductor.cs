using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>
/// Runs one experiment on one timeline: environment up, load on, faults in and out, system at rest, ledgers read, everything down.
/// It leaves a record and no judgement.
/// </summary>
/// <remarks>
/// Whatever happens, the order of the end is the same: faults are healed first, then the environment is taken down, then the record is closed.
/// </remarks>
public sealed class Conductor(TimeProvider time)
{
    /// <summary>Runs the experiment; returns when nothing of it is left but the record.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="progress">Who watches.</param>
    /// <param name="runToken">Ends the run early; what was broken is healed first.</param>
    /// <exception cref="IOException">The record cannot be written; nothing was started.</exception>
    public async Task<RunOutcome> RunAsync(RunRequest request, IRunProgress progress, CancellationToken runToken)
    {
        var clock = new RunClock(time);
        RunDescription description = RunDescriber.Describe(request, clock);
        await using RunRecordWriter record = RunRecordWriter.Create(request.RunsFolder, description, clock);
        progress.Started(record.Description, record.Folder);
        var journal = new RunJournal(record, progress);
        journal.Write(EventKind.RunStarted, request.Experiment.Name, request.Command);
        (RunStatus status, string? reason) = await EndingAsync(request, record, journal, progress, runToken);
        journal.Write(EventKind.RunEnded, status.ToString().ToLowerInvariant(), reason);
        return new RunOutcome(status, record.Folder, reason);
    }

    /// <summary>Turns every way in which a run can end into a status.</summary>
    private static async Task<(RunStatus Status, string? Reason)> EndingAsync(
        RunRequest request, RunRecordWriter record, RunJournal journal, IRunProgress progress, CancellationToken runToken)
    {
        try
        {
            await using IRunningEnvironment environment = await request.Environment.StartAsync(ForEnvironment(request, record, journal), runToken);
            journal.Write(EventKind.EnvironmentReady, request.Environment.Name, $"proxies at {environment.ProxyApi}");
            var stage = new Stage(request, environment, record, journal, progress);
            string? stopped = await stage.RunAsync(runToken);
            return stopped is null ? (RunStatus.Completed, null) : (RunStatus.Stopped, stopped);
        }
        catch (OperationCanceledException) when (runToken.IsCancellationRequested)
        {
            journal.Write(EventKind.Interrupted, detail: "ended by the user; every fault was healed");
            return (RunStatus.Interrupted, "interrupted");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The one place where a broken harness or environment becomes data: the record must say why it proves nothing.
            journal.Write(EventKind.HarnessFailed, detail: error.Message);
            return (RunStatus.Failed, error.Message);
        }
    }

    private static EnvironmentRequest ForEnvironment(RunRequest request, RunRecordWriter record, RunJournal journal) => new()
    {
        TargetCommand = request.TargetCommand,
        StoreCommand = request.StoreCommand,
        Switches = request.Experiment.Target,
        Seed = request.Seed,
        ProxyApiPort = request.ProxyApiPort,
        Run = record.Description.Id,
        LogFile = record.LogFile,
        Exited = process => journal.Write(EventKind.ProcessExited, process.Name, $"ended by itself; its last words: {process.LastWords}"),
    };
}
