using Harness.Chaos.Control;
using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Keeps an environment up until it is told to end: no load and no faults but those that people ask for. It leaves a record with events, series and logs.</summary>
public sealed class Upkeep(TimeProvider time)
{
    /// <summary>Returns when nothing is left of it but the record.</summary>
    /// <param name="request">What to keep up.</param>
    /// <param name="progress">Who watches; told of every event.</param>
    /// <param name="attend">Called once when every part answers; what it returns is disposed before anything is taken down.</param>
    /// <param name="runToken">Ends it.</param>
    /// <returns>Completed when it was up and was told to end; interrupted when it never came to that; failed when it could not be had.</returns>
    /// <exception cref="RecordException">The record cannot be written; nothing was started.</exception>
    public async Task<RunOutcome> RunAsync(
        UpRequest request, IRunProgress progress, Func<ControlRoom, Task<IAsyncDisposable>> attend, CancellationToken runToken)
    {
        var clock = new RunClock(time);
        await using RunRecordWriter record = RunRecordWriter.Create(request.RunsFolder, Describe(request, clock), clock);
        var board = new Board(progress);
        board.Started(record.Description, record.Folder);
        var journal = new RunJournal(record, board);
        (RunStatus status, string? reason) = await EndingAsync(request, record, journal, board, attend, runToken);
        journal.Write(EventKind.RunEnded, status.ToString().ToLowerInvariant(), reason);
        return new RunOutcome(status, record.Folder, reason);
    }

    private static async Task<(RunStatus Status, string? Reason)> EndingAsync(
        UpRequest request, RunRecordWriter record, RunJournal journal, Board board, Func<ControlRoom, Task<IAsyncDisposable>> attend, CancellationToken runToken)
    {
        bool wasUp = false;
        try
        {
            await using IRunningEnvironment environment = await request.Environment.StartAsync(ForEnvironment(request, record, journal), runToken);
            wasUp = true;
            journal.Write(EventKind.EnvironmentReady, request.Environment.Name, $"proxies at {environment.ProxyApi}");
            await AttendAsync(request, environment, record, journal, board, attend, runToken);
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

    /// <summary>Returns when it is told to end and every fault is healed; throws when one could not be.</summary>
    private static async Task AttendAsync(
        UpRequest request, IRunningEnvironment environment, RunRecordWriter record, RunJournal journal, Board board,
        Func<ControlRoom, Task<IAsyncDisposable>> attend, CancellationToken runToken)
    {
        using var sampler = new ServiceSampler([.. environment.Services, .. environment.Sidecars], record.Clock);
        var probe = new EdgeProbe(environment, record.Clock);
        (board.Edges, board.Stores) = (() => probe.Edges, () => probe.Stores);
        var recorder = new LoadRecorder(record, board, sampler, new SteadyState([]), []);
        using var sampling = new CancellationTokenSource();
        Task samples = Task.WhenAll(sampler.RunAsync(sampling.Token), probe.RunAsync(sampling.Token), recorder.RunAsync(sampling.Token));
        try
        {
            await using var load = new LiveLoad(request.Scenarios, environment, record, journal, recorder, request.Seed);
            var room = new ControlRoom(request, environment, record, journal, board, load);
            await using (room.Desk)
            {
                await using IAsyncDisposable attended = await attend(room);
                await Task.Delay(Timeout.InfiniteTimeSpan, runToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (room.Desk.All.Where(fault => fault.Stage == FaultStage.NotHealed).Select(fault => fault.Problem).ToList() is { Count: > 0 } still)
                throw new EnvironmentException(string.Join(Environment.NewLine, still));
        }
        finally
        {
            await sampling.CancelAsync();
            await samples;
        }

        runToken.ThrowIfCancellationRequested();
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
