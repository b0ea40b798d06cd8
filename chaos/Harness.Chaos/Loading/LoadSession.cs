using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Loading;

/// <summary>A load on a system that is up: load, then rest, then the ledgers.</summary>
internal sealed class LoadSession(LoadRequest request, RunRecordWriter record, RunJournal journal, IRunProgress progress)
{
    private readonly LoadPlan _plan = request.Plan;

    /// <summary>What came of it; null until it has.</summary>
    public LoadResult? Result { get; private set; }

    public async Task RunAsync(IReadOnlyList<RunningService> services, CancellationToken runToken)
    {
        using var sampler = new ServiceSampler(services, record.Clock);
        var recorder = new LoadRecorder(record, progress, sampler, new SteadyState([]), []);
        using var sampling = new CancellationTokenSource();
        Task samples = Task.WhenAll(sampler.RunAsync(sampling.Token), recorder.RunAsync(sampling.Token));
        try
        {
            Result = await LoadAsync(services, recorder, runToken);
            Tell(Result);
            if (services.Count > 0 && !Result.Cancelled)
                await SettleAsync(services, runToken);
        }
        finally
        {
            await sampling.CancelAsync();
            await samples;
        }
    }

    private async Task<LoadResult> LoadAsync(IReadOnlyList<RunningService> services, LoadRecorder recorder, CancellationToken runToken)
    {
        if (_plan.WarmUp > TimeSpan.Zero)
            journal.Write(EventKind.PhaseStarted, "warmup");
        _ = recorder.Started.ContinueWith(
            started => journal.WriteAt(started.Result, EventKind.PhaseStarted, "baseline"),
            CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        LoadRun run = LoadRunner.RegisterScenarios([.. Scenarios(services).Select(_plan.Prepare)])
            .WithSeed(request.Seed)
            .WithTestName(_plan.Name)
            .WithTimeProvider(record.Clock.Time)
            .WithPhases([new LoadPhase("baseline", TimeSpan.Zero)])
            .WithObserver(new ObserverGroup([recorder, .. request.Observers]))
            .WithMaxOpen(_plan.MaxOpen)
            .WithCustomSettings(_plan.Settings)
            .WithLogger(message => journal.Write(EventKind.Note, "scenario", message));
        if (_plan is { Simulation: { } shared, Mix.Count: > 1 })
            run = run.WithMix(shared);
        LoadResult result = await run.RunAsync(runToken);
        journal.Write(EventKind.PhaseEnded, "baseline");
        return result;
    }

    private IEnumerable<ScenarioProps> Scenarios(IReadOnlyList<RunningService> services)
    {
        if (_plan.Request is { } url)
            return [url.CreateScenario()];
        return _plan.IsOfOrderSystem
            ? _plan.Mix.Select(part => request.Scenarios(part.Scenario, services, record.History, record.Clock, request.Seed))
            : _plan.LibraryScenarios;
    }

    private void Tell(LoadResult result)
    {
        foreach (ThresholdResult threshold in result.Thresholds)
        {
            bool held = !threshold.IsFailed;
            string thrown = threshold.ExceptionMsg is { } message ? $" The check itself threw: {message}" : "";
            journal.Write(
                EventKind.ThresholdJudged,
                new ThresholdExpectation(threshold.ScenarioName, threshold.StepName, threshold.CheckExpression).Subject,
                $"It {(held ? "held" : "did not hold")} over the whole run; of the looks once a second, it did not hold in {threshold.ErrorCount}.{thrown}",
                new Dictionary<string, double> { ["held"] = held ? 1 : 0, ["looksFailed"] = threshold.ErrorCount });
        }

        foreach (string note in result.Generator.Notes.Concat(result.Generator.Problems))
            journal.Write(EventKind.Note, "generator", note);
        if (result.StopReason is { } reason)
            journal.Write(EventKind.StopConditionMet, detail: reason);
    }

    private async Task SettleAsync(IReadOnlyList<RunningService> services, CancellationToken runToken)
    {
        TimeSpan since = record.Clock.Now;
        journal.WriteAt(since, EventKind.PhaseStarted, "settle");
        using var settling = new Settling(services, journal);
        await settling.WaitAsync(since, LoadDescriber.Settle, runToken);
        record.Write(await settling.AuditAsync(runToken));
        journal.Write(EventKind.PhaseEnded, "settle");
    }
}
