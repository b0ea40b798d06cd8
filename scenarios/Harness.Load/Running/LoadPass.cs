using Harness.Load.Recording;

namespace Harness.Load.Running;

/// <summary>One pass over the plans of some scenarios, from the first arrival to the end of the last iteration.</summary>
internal sealed class LoadPass
{
    /// <summary>How long the bodies of a run that is over are waited for, before it is cleaned up under them.</summary>
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<ScenarioRun> _scenarios;
    private readonly LoadLedger _ledger;
    private readonly CancellationTokenSource _over;
    private readonly CancellationToken _runToken;

    public LoadPass(IReadOnlyList<ScenarioProps> scenarios, LoadOptions options, CancellationTokenSource over, CancellationToken runToken)
    {
        string[] names = [.. scenarios.Select(scenario => scenario.ScenarioName)];
        _over = over;
        _runToken = runToken;
        OverToken = over.Token;
        Options = options;
        Phases = new PhaseTable(options.Phases);
        Recorder = new LoadRecorder(names, Phases.Names, Environment.ProcessorCount);
        _ledger = new LoadLedger(names, Phases.Names);
        _scenarios = [.. scenarios.Select((scenario, number) => new ScenarioRun(scenario, number, this))];
        Clock = new LoadClock(options.Time, options.Time.GetTimestamp());
    }

    public LoadOptions Options { get; }

    public PhaseTable Phases { get; }

    public LoadRecorder Recorder { get; }

    public LoadClock Clock { get; }

    public OpenCount Open { get; } = new();

    /// <summary>Fires when what still runs is no sample any more.</summary>
    public CancellationToken OverToken { get; }

    public async Task<LoadResult> RunAsync()
    {
        TimeSpan cpuBefore = Environment.CpuUsage.TotalTime;
        TimeSpan pauseBefore = GC.GetTotalPauseDuration();
        Options.Observer?.OnStarted(Clock.StartTimestamp);
        using var reported = new CancellationTokenSource();
        var reporter = new IntervalReporter(Recorder, _ledger, Phases, Clock, Options.Observer);
        Task reporting = OwnThread.Run("load intervals", () => reporter.Run(reported.Token));
        Task watching = OwnThread.Run("load watch", () => new BlockWatch(_scenarios).Run(reported.Token));
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

    private async Task PaceAsync(Task reporting)
    {
        TimeSpan planned = _scenarios.Max(scenario => scenario.Plan.Duration);
        var pacer = new Pacer(_scenarios, Clock, planned);
        try
        {
            Task pacing = OwnThread.Run("load pacer", () => pacer.Run(OverToken));
            // An observer that throws ends the run now, not when its plan is done.
            if (await Task.WhenAny(pacing, reporting) == reporting)
                await _over.CancelAsync();
            await pacing;
        }
        finally
        {
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
            Generator = GeneratorCertificate.For(results, cpu, gcPause, cancelled) with
            {
                Notes = [.. _scenarios.Where(scenario => scenario.Held > TimeSpan.Zero).Select(NoteOfHeldThreads)],
            },
        };
    }

    private static string NoteOfHeldThreads(ScenarioRun scenario) =>
        $"scenario '{scenario.Name}' held its thread for {scenario.Held.TotalSeconds:0.0} s without awaiting; it was given threads of its own";
}
