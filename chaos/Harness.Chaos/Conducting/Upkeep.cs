using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Keeps an environment up until it is told to end: no load, no faults but those that others put on its proxies. It leaves a record with events and logs.</summary>
public sealed class Upkeep(TimeProvider time)
{
    /// <summary>Returns when nothing is left of it but the record.</summary>
    /// <param name="request">What to keep up.</param>
    /// <param name="progress">Who watches; told of every event.</param>
    /// <param name="ready">Called once with the environment and the record's folder, when every part answers.</param>
    /// <param name="runToken">Ends it.</param>
    /// <returns>Completed when it was up and was told to end; interrupted when it never came to that; failed when it could not be had.</returns>
    /// <exception cref="RecordException">The record cannot be written; nothing was started.</exception>
    public async Task<RunOutcome> RunAsync(
        UpRequest request, IRunProgress progress, Func<IRunningEnvironment, string, Task> ready, CancellationToken runToken)
    {
        var clock = new RunClock(time);
        await using RunRecordWriter record = RunRecordWriter.Create(request.RunsFolder, Describe(request, clock), clock);
        progress.Started(record.Description, record.Folder);
        var journal = new RunJournal(record, progress);
        (RunStatus status, string? reason) = await EndingAsync(request, record, journal, ready, runToken);
        journal.Write(EventKind.RunEnded, status.ToString().ToLowerInvariant(), reason);
        return new RunOutcome(status, record.Folder, reason);
    }

    private static async Task<(RunStatus Status, string? Reason)> EndingAsync(
        UpRequest request, RunRecordWriter record, RunJournal journal, Func<IRunningEnvironment, string, Task> ready, CancellationToken runToken)
    {
        bool wasUp = false;
        try
        {
            await using IRunningEnvironment environment = await request.Environment.StartAsync(ForEnvironment(request, record, journal), runToken);
            wasUp = true;
            journal.Write(EventKind.EnvironmentReady, request.Environment.Name, $"proxies at {environment.ProxyApi}");
            await ready(environment, record.Folder);
            await Task.Delay(Timeout.InfiniteTimeSpan, runToken);
        }
        catch (OperationCanceledException) when (runToken.IsCancellationRequested)
        {
            return wasUp ? (RunStatus.Completed, null) : (RunStatus.Interrupted, "interrupted before everything was ready");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            journal.Write(EventKind.HarnessFailed, detail: error.Message);
            return (RunStatus.Failed, error.Message);
        }

        return (RunStatus.Completed, null);
    }

    private static EnvironmentRequest ForEnvironment(UpRequest request, RunRecordWriter record, RunJournal journal) => new()
    {
        TargetCommand = request.TargetCommand,
        StoreCommand = request.StoreCommand,
        Run = record.Description.Id,
        Switches = request.Switches,
        Seed = request.Seed,
        ProxyApiPort = request.ProxyApiPort,
        LogFile = record.LogFile,
        Exited = process => journal.Write(EventKind.ProcessExited, process.Name, $"ended by itself; its last words: {process.LastWords}"),
    };

    private static RunDescription Describe(UpRequest request, RunClock clock) => new()
    {
        Id = "",
        Experiment = UpRequest.RecordName,
        Seed = request.Seed,
        Command = request.Command,
        Commit = request.Commit,
        HarnessVersion = request.HarnessVersion,
        RuntimeVersion = RunDescriber.RuntimeVersion,
        Machine = RunDescriber.Machine(),
        Environment = request.Environment.Name,
        StartedAt = clock.StartedAt,
        Target = request.Switches,
        Edges = [.. request.Environment.Edges.Select(edge => edge.ToString())],
    };
}
