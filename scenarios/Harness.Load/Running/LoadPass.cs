using Harness.Load.Loops;
using Harness.Load.Recording;

namespace Harness.Load.Running;

/// <summary>One pass over the plans of some scenarios, from the first arrival to the end of the last iteration.</summary>
internal sealed class LoadPass : IDisposable
{
    /// <summary>How long the bodies of a run that is over are waited for, before it is cleaned up under them.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<ScenarioRun> _scenarios;
    private readonly LoadLedger _ledger;
    private readonly CancellationTokenSource _over;
    private readonly CancellationTokenSource _stopped;
    private readonly ThresholdWatch _thresholds;
    private readonly CancellationToken _runToken;
    private readonly IReadOnlyList<EventLoop> _loops;

    public LoadPass(IReadOnlyList<ScenarioProps> scenarios, LoadOptions options, CancellationTokenSource over, CancellationToken runToken)
    {
        string[] names = [.. scenarios.Select(scenario => scenario.ScenarioName)];
        _over = over;
        _stopped = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
        _thresholds = new ThresholdWatch(scenarios);
        _runToken = runToken;
        OverToken = over.Token;
        Options = options;
        Phases = new PhaseTable(options.Phases);
        var order = new StepOrder();
        Recorder = new LoadRecorder(names, Phases.Names, order, Environment.ProcessorCount);
        _ledger = new LoadLedger(names, Phases.Names, order);
        _scenarios = [.. scenarios.Select((scenario, number) => new ScenarioRun(scenario, number, this))];
        // Loops wait by the machine's clock alone.
        bool onLoops = EventLoops.AreThere && ReferenceEquals(options.Time, TimeProvider.System);
        _loops = onLoops ? [.. EventLoops.All.Take(options.LoopsMost)] : [];
        Clock = new LoadClock(options.Time, options.Time.GetTimestamp());
    }

    public LoadOptions Options { get; }

    public PhaseTable Phases { get; }

    public LoadRecorder Recorder { get; }

    public LoadClock Clock { get; }

    public OpenCount Open { get; } = new();

    /// <summary>Fires when what still runs is no sample any more.</summary>
    public CancellationToken OverToken { get; }

    public void Dispose() => _stopped.Dispose();

    public async Task<LoadResult> RunAsync()
    {
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        TimeSpan pauseBefore = GC.GetTotalPauseDuration();
        Options.Observer?.OnStarted(Clock.StartTimestamp);
        using var reported = new CancellationTokenSource();
        var reporter = new IntervalReporter(Recorder, _ledger, Phases, Clock, TellOf);
        Task reporting = OwnThread.Run("load intervals", () => reporter.Run(reported.Token));
        Task watching = OwnThread.Run("load watch", () => new BlockWatch(_scenarios, _loops).Run(reported.Token));
        try
        {
            await PaceAsync(reporting);
            await WaitForOpenAsync(reporting);
        }
        finally
        {
            await reported.CancelAsync();
        }

        TimeSpan duration = Clock.Now;
        await reporting;
        await watching;
        bool cancelled = _runToken.IsCancellationRequested;
        await _over.CancelAsync();
        await WaitForBodiesAsync();
        foreach (ScenarioRun scenario in _scenarios)
            scenario.Close();
        return ResultOf(duration, cancelled, Environment.CpuUsage.TotalTime - cpuBefore, GC.GetTotalPauseDuration() - pauseBefore);
    }

    public void StopScenario(string name, string reason) => _scenarios.FirstOrDefault(scenario => scenario.Name == name)?.Stop(reason);

    public void StopAll(string reason)
    {
        foreach (ScenarioRun scenario in _scenarios)
            scenario.Stop(reason);
    }

    /// <summary>Whether nothing is due any more, so that there is nothing left to stop.</summary>
    public bool PlanIsDone { get; private set; }

    /// <summary>Called by each scenario that stops: with the last of them the plan is done.</summary>
    public void Stopped()
    {
        if (_scenarios.All(scenario => scenario.IsStopped) && !OverToken.IsCancellationRequested)
            _stopped.Cancel();
    }

    private void TellOf(LoadInterval interval)
    {
        Options.Observer?.OnInterval(interval);
        if (_thresholds.HasAny && _thresholds.Look(_ledger.Results(), interval.Start + interval.Length) is { } reason)
            StopAll(reason);
    }

    private async Task PaceAsync(Task reporting)
    {
        try
        {
            Task pacing = _loops.Count > 0
                ? LoopPacing.RunAsync(_scenarios, Clock, _loops, OverToken, _stopped.Token)
                : OwnThread.Run(
                    "load pacer", () => PacerThread.Run(new Pacer(_scenarios, Clock), Waiter.For(Clock.Time), OverToken, _stopped.Token));
            // An observer that throws ends the run now, not when its plan is done.
            if (await Task.WhenAny(pacing, reporting) == reporting)
                await _over.CancelAsync();
            await pacing;
        }
        finally
        {
            PlanIsDone = true;
            Open.Leave();
        }
    }

    private async Task WaitForOpenAsync(Task reporting)
    {
        using var waited = CancellationTokenSource.CreateLinkedTokenSource(OverToken);
        Task timeout = Task.Delay(Options.CompletionTimeout, Options.Time, waited.Token);
        await Task.WhenAny(Open.None, timeout, reporting);
        await waited.CancelAsync();
    }

    private async Task WaitForBodiesAsync()
    {
        using var ending = new CancellationTokenSource();
        await Task.WhenAny(Open.None, Task.Delay(EndTimeout, Options.Time, ending.Token));
        await ending.CancelAsync();
    }

    private LoadResult ResultOf(TimeSpan duration, bool cancelled, TimeSpan cpu, TimeSpan gcPause)
    {
        IReadOnlyList<ScenarioResult> results = _ledger.Results();
        return new LoadResult
        {
            StartTimestamp = Clock.StartTimestamp,
            Duration = duration,
            Seed = Options.Seed,
            Cancelled = cancelled,
            Scenarios = results,
            Thresholds = _thresholds.Results,
            Generator = GeneratorCertificate.For(results, cpu, gcPause, cancelled) with { Notes = [.. _scenarios.SelectMany(NotesOf)] },
        };
    }

    private static IEnumerable<string> NotesOf(ScenarioRun scenario)
    {
        if (scenario.Held > TimeSpan.Zero)
        {
            yield return $"scenario '{scenario.Name}' held its thread for {scenario.Held.TotalSeconds:0.0} s without awaiting; "
                + "it was given threads of its own";
        }

        if (scenario.StopReason is { } reason)
            yield return $"scenario '{scenario.Name}' was stopped: {reason}";
    }
}
