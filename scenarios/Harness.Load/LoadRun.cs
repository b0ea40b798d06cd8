using Harness.Load.Arrivals;
using Harness.Load.Reporting;
using Harness.Load.Running;
using Microsoft.Extensions.Configuration;

namespace Harness.Load;

/// <summary>A run as described; each <c>With…</c> answers a changed copy, and <see cref="RunAsync"/> makes the run.</summary>
public sealed record LoadRun
{
    public required IReadOnlyList<ScenarioProps> Scenarios { get; init; }

    internal LoadOptions Options { get; init; } = new();

    internal string? ReportFolder { get; init; }

    internal string ReportFileName { get; init; } = "load";

    /// <summary>Empty when each scenario has a load of its own.</summary>
    internal IReadOnlyList<LoadSimulation> Mix { get; init; } = [];

    /// <summary>Fixes when arrivals are due and what <see cref="IScenarioContext.Random"/> draws; default 0.</summary>
    public LoadRun WithSeed(int seed) => this with { Options = Options with { Seed = seed } };

    /// <summary>In order of their start; default none.</summary>
    public LoadRun WithPhases(IReadOnlyList<LoadPhase> phases) => this with { Options = Options with { Phases = phases } };

    public LoadRun WithObserver(ILoadObserver observer) => this with { Options = Options with { Observer = observer } };

    /// <summary>The source of every wait and timestamp; default the machine's own clock, which alone is waited for precisely.</summary>
    public LoadRun WithTimeProvider(TimeProvider time) => this with { Options = Options with { Time = time } };

    /// <summary>Only these scenarios run, of those that are registered; default all.</summary>
    /// <exception cref="ArgumentException">A name is no registered scenario's.</exception>
    public LoadRun WithTargetScenarios(params string[] scenarioNames) => this with { Scenarios = [.. scenarioNames.Select(Named)] };

    /// <summary>Default <c>default</c>.</summary>
    public LoadRun WithTestSuite(string testSuite) => WithSettings(Options.Settings with { TestSuite = testSuite });

    /// <summary>Default <c>load</c>.</summary>
    public LoadRun WithTestName(string testName) => WithSettings(Options.Settings with { TestName = testName });

    /// <summary>Default the moment of the start and the test's name.</summary>
    public LoadRun WithSessionId(string sessionId) => WithSettings(Options.Settings with { SessionId = sessionId });

    /// <summary>Who is told what scenarios log; default nobody. Called by many at once.</summary>
    public LoadRun WithLogger(Action<string> write) => WithSettings(Options.Settings with { Logger = new ScenarioLogger(write) });

    /// <summary>What scenarios read as <see cref="IScenarioInitContext.CustomSettings"/>; a key may go deep, <c>users:file</c>.</summary>
    public LoadRun WithCustomSettings(IEnumerable<KeyValuePair<string, string>> settings) => WithSettings(Options.Settings with
    {
        CustomSettings = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value))).Build(),
    });

    /// <summary>Reports are written into this folder when the run is over; default no reports.</summary>
    public LoadRun WithReportFolder(string folder) => this with { ReportFolder = folder };

    /// <summary>What the reports are called, without an ending; default <c>load</c>.</summary>
    public LoadRun WithReportFileName(string name) => this with { ReportFolder = ReportFolder ?? "reports", ReportFileName = name };

    public LoadRun WithoutReports() => this with { ReportFolder = null };

    /// <summary>One load for all scenarios: each arrival is one of one of them, drawn by the seed in proportion to their weights, and virtual
    /// users are dealt out in that proportion. Takes the place of every scenario's own simulations; none takes it back.</summary>
    public LoadRun WithMix(params LoadSimulation[] loadSimulations) => this with { Mix = [.. loadSimulations] };

    /// <summary>How many iterations of one scenario may be open at once, beyond which arrivals are dropped and counted so; default 10 000.</summary>
    public LoadRun WithMaxOpen(int perScenario) => this with { Options = Options with { MaxOpen = perScenario } };

    /// <summary>On how many of the engine's event loops iterations begin; default one for each processor but one, at most one a processor. 0
    /// leaves them to the thread pool, as systems without event loops do.</summary>
    public LoadRun WithEventLoops(int most) => this with { Options = Options with { LoopsMost = most } };

    /// <summary>How long open iterations are waited for when nothing more is due; default 60 s.</summary>
    public LoadRun WithScenarioCompletionTimeout(TimeSpan timeout) => this with { Options = Options with { CompletionTimeout = timeout } };

    /// <summary>What is wrong with the run, each with the value seen; empty when it can be made.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [.. Options.Problems()];
        if (Scenarios.All(scenario => scenario.IsEmpty))
            problems.Add("no scenario is registered");
        problems.AddRange(Scenarios.GroupBy(scenario => scenario.ScenarioName).Where(same => same.Count() > 1).Select(
            same => $"{same.Count()} scenarios are called '{same.Key}'"));
        problems.AddRange(Scenarios.SelectMany(ProblemsOf).Concat(Mix.SelectMany(shared => MixProblemsOf(shared))).Distinct());
        return problems;
    }

    /// <summary>Makes the run.</summary>
    /// <param name="runToken">Ends it early, with a result of what had come of it; iterations that still run are counted as open.</param>
    /// <exception cref="LoadConfigurationException">There are <see cref="Problems"/>; nothing was started.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken runToken)
    {
        if (Problems() is { Count: > 0 } problems)
            throw new LoadConfigurationException(problems);
        LoadResult result = await RunCheckedAsync(WithSharesOfMix(), runToken);
        if (ReportFolder is not null)
            LoadReports.Write(result, ReportFolder, ReportFileName);
        return result;
    }

    private async Task<LoadResult> RunCheckedAsync(IReadOnlyList<ScenarioProps> scenarios, CancellationToken runToken)
    {
        var lifetime = new ScenarioLifetime(scenarios, Options.Settings, Options.Settings.TestInfo(Options.Time));
        try
        {
            await lifetime.InitAsync(runToken);
            await WarmUpAsync(scenarios, runToken);
            return await RunPassAsync([.. scenarios.Where(scenario => !scenario.IsEmpty)], Options, runToken);
        }
        finally
        {
            await lifetime.CleanAsync();
        }
    }

    /// <summary>Makes the run and blocks until it is over.</summary>
    /// <param name="args">A command's words, of which <c>--config</c> and <c>--target</c> are read: see <see cref="LoadRunConfig"/>.</param>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public LoadResult Run(params string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        LoadRun run = this.WithArguments(args);
        return Task.Run(() => run.RunAsync(CancellationToken.None)).GetAwaiter().GetResult();
    }

    private LoadRun WithSettings(RunSettings settings) => this with { Options = Options with { Settings = settings } };

    private ScenarioProps Named(string name) => Scenarios.FirstOrDefault(scenario => scenario.ScenarioName == name) ?? throw new ArgumentException(
        $"No scenario is called '{name}'; there is {string.Join(", ", Scenarios.Select(scenario => scenario.ScenarioName))}.", nameof(name));

    private async Task WarmUpAsync(IReadOnlyList<ScenarioProps> scenarios, CancellationToken runToken)
    {
        ScenarioProps[] warming = [.. scenarios.Where(scenario => scenario.WarmUpDuration > TimeSpan.Zero).Select(WarmUp.Of)];
        if (warming.Length > 0)
            await RunPassAsync(warming, Options with { Phases = [], Observer = null }, runToken);
    }

    private IReadOnlyList<ScenarioProps> WithSharesOfMix()
    {
        if (Mix.Count == 0)
            return Scenarios;
        int[] weights = [.. Scenarios.Select(scenario => scenario.Weight)];
        ulong seed = SplitMix64.SeedFor((ulong)Options.Seed, "mix");
        return [.. Scenarios.Select((scenario, member) => scenario with
        {
            LoadSimulations = [.. Mix.Select((whole, part) => new SharedSimulation(
                whole, new MixShare(SplitMix64.SeedFor(seed, (ulong)part), weights, member)))],
        })];
    }

    private static async Task<LoadResult> RunPassAsync(
        IReadOnlyList<ScenarioProps> scenarios, LoadOptions options, CancellationToken runToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(runToken);
        using var pass = new LoadPass(scenarios, options, over, runToken);
        return await pass.RunAsync();
    }

    private static IEnumerable<string> MixProblemsOf(LoadSimulation shared) => new SharedSimulation(shared, new MixShare(0, [1], 0)).Problems();

    private IEnumerable<string> ProblemsOf(ScenarioProps scenario)
    {
        if (string.IsNullOrWhiteSpace(scenario.ScenarioName))
            yield return "a scenario has no name";
        if (scenario.LoadSimulations.Count == 0 && Mix.Count == 0 && !scenario.IsEmpty)
            yield return $"scenario '{scenario.ScenarioName}' has no load simulation";
        if (scenario.Weight < 1)
            yield return $"scenario '{scenario.ScenarioName}' has a weight of {scenario.Weight}; it must be 1 or more";
        if (scenario.ThinkTime < TimeSpan.Zero)
            yield return $"scenario '{scenario.ScenarioName}' thinks for {scenario.ThinkTime}; it must not be negative";
        if (scenario.WarmUpDuration < TimeSpan.Zero)
            yield return $"scenario '{scenario.ScenarioName}' warms up for {scenario.WarmUpDuration}; it must not be negative";
        if (scenario.LoadSimulations.Count > 1 && scenario.LoadSimulations.Any(simulation => simulation is ClosedSimulation { Iterations: not null }))
            yield return $"scenario '{scenario.ScenarioName}' mixes a count of iterations with other simulations";
        foreach (string problem in scenario.LoadSimulations.SelectMany(simulation => simulation.Problems()))
            yield return $"scenario '{scenario.ScenarioName}': {problem}";
    }
}
