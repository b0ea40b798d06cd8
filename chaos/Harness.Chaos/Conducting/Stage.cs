using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>An experiment in an environment that is up: load, phases and faults side by side, then rest, then the ledgers.</summary>
internal sealed class Stage(RunRequest request, IRunningEnvironment environment, RunRecordWriter record, RunJournal journal, IRunProgress progress)
{
    // Of the rate, at the first moment of the warm-up.
    private const double FirstShare = 0.1;
    private readonly Experiment _experiment = request.Experiment;
    private readonly SteadyState _steadyState = new(request.Experiment.Expect);

    /// <summary>Runs it to its end.</summary>
    /// <returns>The stop condition that ended it early; null when the whole timeline was run.</returns>
    public async Task<string?> RunAsync(CancellationToken runToken)
    {
        using var sampler = new ServiceSampler([.. environment.Services, .. environment.Sidecars], record.Clock);
        var recorder = new LoadRecorder(record, progress, sampler, _steadyState, [.. _experiment.StopWhen.Select(condition => new StopRule(condition))]);
        using var sampling = new CancellationTokenSource();
        Task samples = Task.WhenAll(sampler.RunAsync(sampling.Token), recorder.RunAsync(sampling.Token));
        try
        {
            return await RunTimelineAsync(recorder, runToken);
        }
        finally
        {
            await sampling.CancelAsync();
            await samples;
        }
    }

    private async Task<string?> RunTimelineAsync(LoadRecorder recorder, CancellationToken runToken)
    {
        using var timeline = CancellationTokenSource.CreateLinkedTokenSource(runToken);
        using var meter = new TrafficMeter(environment);
        IReadOnlyDictionary<string, double>? before = await meter.ReadAsync(runToken);
        Task<LoadResult> load = StartLoad(recorder, timeline.Token);
        try
        {
            if (await Task.WhenAny(load, recorder.Started) == load)
                await load;
            TimeSpan origin = await recorder.Started;
            Task faulting = FaultAsync(recorder, origin + _experiment.Timeline.FaultStart, timeline.Token);
            Task planned = Task.WhenAll(PhaseWalk.RunAsync(_experiment.Timeline, origin, journal, timeline.Token), faulting);
            // A fault that cannot be injected or healed ends the run now, not at the end of its timeline.
            _ = faulting.ContinueWith(
                _ => timeline.Cancel(), CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            string? stopped = await WatchAsync(planned, load, recorder, timeline, runToken);
            await SettleAsync(load, runToken);
            if (before is not null && await meter.ReadAsync(runToken) is { } after)
                journal.Write(EventKind.Traffic, numbers: after.ToDictionary(edge => edge.Key, edge => edge.Value - before[edge.Key]));
            return stopped;
        }
        finally
        {
            await timeline.CancelAsync();
            await Task.WhenAny(load);
        }
    }

    /// <summary>Injects nothing into a system that is not well by itself.</summary>
    private async Task FaultAsync(LoadRecorder recorder, TimeSpan faultStart, CancellationToken runToken)
    {
        await journal.UntilAsync(faultStart, runToken);
        if (_experiment.Faults.Count > 0 && _steadyState.Broken() is { Count: > 0 } broken)
        {
            recorder.Stop($"the steady state did not hold before any fault: {string.Join("; ", broken)}");
            return;
        }

        await new FaultSchedule(environment, journal).RunAsync(_experiment.Faults, faultStart, runToken);
    }

    /// <summary>Waits for the timeline to end, by itself or by a stop condition; either way every fault is healed when this returns or throws.</summary>
    private async Task<string?> WatchAsync(
        Task planned, Task load, LoadRecorder recorder, CancellationTokenSource timeline, CancellationToken runToken)
    {
        Task first = await Task.WhenAny(planned, recorder.StopConditionMet, load);
        if (first == load && load.IsCompletedSuccessfully)
            first = await Task.WhenAny(planned, recorder.StopConditionMet);
        if (first != planned)
            await timeline.CancelAsync();
        try
        {
            await planned;
        }
        catch (OperationCanceledException) when (first != planned && !runToken.IsCancellationRequested)
        {
            // We cut the timeline short ourselves, two lines up; what was injected has been healed.
        }

        if (first == load)
            await load;
        if (first != recorder.StopConditionMet)
            return null;
        string reason = await recorder.StopConditionMet;
        journal.Write(EventKind.StopConditionMet, detail: reason);
        return reason;
    }

    private async Task SettleAsync(Task<LoadResult> load, CancellationToken runToken)
    {
        // Faults end within the fault phase, so the end of the load is the later moment.
        TimeSpan since = record.Clock.Now;
        journal.WriteAt(since, EventKind.PhaseStarted, "settle");
        using var settling = new Settling(environment.Services, journal);
        await settling.WaitAsync(since, _experiment.Timeline.Settle, runToken);
        await load;
        record.Write(await settling.AuditAsync(runToken));
        journal.Write(EventKind.PhaseEnded, "settle");
    }

    private Task<LoadResult> StartLoad(LoadRecorder recorder, CancellationToken runToken)
    {
        ScenarioProps[] scenarios = [.. _experiment.Load.Select(stream =>
            request.Scenarios(stream.Scenario, environment.Services, record.History, record.Clock, request.Seed)
                .WithoutWarmUp()
                .WithLoadSimulations(Simulate(stream)))];
        return LoadRunner.RegisterScenarios(scenarios)
            .WithSeed(request.Seed)
            .WithTimeProvider(record.Clock.Time)
            .WithPhases(Phases())
            .WithObserver(recorder)
            .WithScenarioCompletionTimeout(_experiment.Timeline.Settle)
            .RunAsync(runToken);
    }

    /// <summary>The rate that is asked for; while warming up a climb to it, because a cold system that gets all of it at once trips its breakers
    /// before anything is measured.</summary>
    private LoadSimulation[] Simulate(LoadStream stream)
    {
        (double rate, TimeSpan warmup) = (stream.RatePerSecond, _experiment.Timeline.Warmup);
        LoadSimulation[] simulations = warmup > TimeSpan.Zero
            ? [Simulation.Ramp(rate * FirstShare, rate, warmup), Simulation.Constant(rate, _experiment.Timeline.LoadDuration - warmup)]
            : [Simulation.Constant(rate, _experiment.Timeline.LoadDuration)];
        return stream.Shape == ArrivalShape.Poisson ? [.. simulations.Select(Simulation.Poisson)] : simulations;
    }

    private List<LoadPhase> Phases()
    {
        var phases = new List<LoadPhase>();
        TimeSpan start = TimeSpan.Zero;
        foreach (PlannedPhase planned in _experiment.Timeline.UnderLoad)
        {
            phases.Add(new LoadPhase(planned.Phase.ToString().ToLowerInvariant(), start));
            start += planned.Duration;
        }

        return phases;
    }
}
