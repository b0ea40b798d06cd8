using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.Chaos.Loading;

/// <summary>Runs one load, with or without a system that is started for it, and leaves a record as an experiment does.</summary>
public sealed class LoadConductor(TimeProvider time)
{
    /// <summary>Runs the load; returns when nothing of it is left but the record.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="progress">Who watches.</param>
    /// <param name="runToken">Ends it early, with what had come of it.</param>
    public async Task<LoadOutcome> RunAsync(LoadRequest request, IRunProgress progress, CancellationToken runToken)
    {
        var clock = new RunClock(time);
        await using RunRecordWriter record = RunRecordWriter.Create(request.RunsFolder, LoadDescriber.Describe(request, clock), clock);
        progress.Started(record.Description, record.Folder);
        var journal = new RunJournal(record, progress);
        journal.Write(EventKind.RunStarted, request.Plan.Name, request.Command);
        var session = new LoadSession(request, record, journal, progress);
        (RunStatus status, string? reason) = await EndingAsync(request, session, record, journal, runToken);
        journal.Write(EventKind.RunEnded, status.ToString().ToLowerInvariant(), reason);
        return new LoadOutcome(new RunOutcome(status, record.Folder, reason), session.Result);
    }

    /// <summary>Turns every way in which a load can end into a status.</summary>
    private static async Task<(RunStatus Status, string? Reason)> EndingAsync(
        LoadRequest request, LoadSession session, RunRecordWriter record, RunJournal journal, CancellationToken runToken)
    {
        try
        {
            if (request.Environment is not { } kind)
            {
                await session.RunAsync([.. request.Plan.Services.Select(one => new RunningService(one.Key, one.Value, one.Value))], runToken);
            }
            else
            {
                await using IRunningEnvironment environment = await kind.StartAsync(ForEnvironment(request, record, journal), runToken);
                journal.Write(EventKind.EnvironmentReady, kind.Name);
                await session.RunAsync(environment.Services, runToken);
            }

            if (session.Result is { StopReason: { } stopped })
                return (RunStatus.Stopped, stopped);
            if (!runToken.IsCancellationRequested)
                return (RunStatus.Completed, null);
        }
        catch (OperationCanceledException) when (runToken.IsCancellationRequested)
        {
            // Said below, as for a load that noticed by itself.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // The one place where a broken harness or scenario becomes data: the record must say why it proves nothing.
            journal.Write(EventKind.HarnessFailed, detail: error.Message);
            return (RunStatus.Failed, error.Message);
        }

        journal.Write(EventKind.Interrupted, detail: "ended by the user; what had come of the load by then is in the record");
        return (RunStatus.Interrupted, "interrupted");
    }

    private static EnvironmentRequest ForEnvironment(LoadRequest request, RunRecordWriter record, RunJournal journal) => new()
    {
        TargetCommand = request.TargetCommand,
        StoreCommand = request.StoreCommand,
        Seed = request.Seed,
        LogFile = record.LogFile,
        Exited = process => journal.Write(EventKind.ProcessExited, process.Name, $"ended by itself; its last words: {process.LastWords}"),
    };
}
