using Harness.Load.Running;

namespace Harness.Load;

/// <summary>A run as described; each <c>With…</c> answers a changed copy, and <see cref="RunAsync"/> makes the run.</summary>
public sealed record LoadRun
{
    public required IReadOnlyList<ScenarioProps> Scenarios { get; init; }

    internal LoadOptions Options { get; init; } = new();

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
        problems.AddRange(Scenarios.SelectMany(ProblemsOf));
        return problems;
    }

    /// <summary>Makes the run.</summary>
    /// <param name="runToken">Ends it early, with a result of what had come of it; iterations that still run are counted as open.</param>
    /// <exception cref="LoadConfigurationException">There are <see cref="Problems"/>; nothing was started.</exception>
    public async Task<LoadResult> RunAsync(CancellationToken runToken)
    {
        if (Problems() is { Count: > 0 } problems)
            throw new LoadConfigurationException(problems);
        var lifetime = new ScenarioLifetime(Scenarios);
        try
        {
            await lifetime.InitAsync(runToken);
            await WarmUpAsync(runToken);
            return await RunPassAsync([.. Scenarios.Where(scenario => !scenario.IsEmpty)], Options, runToken);
        }
        finally
        {
            await lifetime.CleanAsync();
        }
    }

    /// <summary>Makes the run and blocks until it is over.</summary>
    /// <param name="args">Taken for the sake of NBomber's signature; nothing is read from them.</param>
    public LoadResult Run(params string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return Task.Run(() => RunAsync(CancellationToken.None)).GetAwaiter().GetResult();
    }

    private ScenarioProps Named(string name) => Scenarios.FirstOrDefault(scenario => scenario.ScenarioName == name) ?? throw new ArgumentException(
        $"No scenario is called '{name}'; there is {string.Join(", ", Scenarios.Select(scenario => scenario.ScenarioName))}.", nameof(name));

    private async Task WarmUpAsync(CancellationToken runToken)
    {
        ScenarioProps[] warming = [.. Scenarios.Where(scenario => scenario.WarmUpDuration > TimeSpan.Zero).Select(WarmUp.Of)];
        if (warming.Length > 0)
            await RunPassAsync(warming, Options with { Phases = [], Observer = null }, runToken);
    }

    private static async Task<LoadResult> RunPassAsync(
        IReadOnlyList<ScenarioProps> scenarios, LoadOptions options, CancellationToken runToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(runToken);
        using var pass = new LoadPass(scenarios, options, over, runToken);
        return await pass.RunAsync();
    }

    private static IEnumerable<string> ProblemsOf(ScenarioProps scenario)
    {
        if (string.IsNullOrWhiteSpace(scenario.ScenarioName))
            yield return "a scenario has no name";
        if (scenario.LoadSimulations.Count == 0 && !scenario.IsEmpty)
            yield return $"scenario '{scenario.ScenarioName}' has no load simulation";
        if (scenario.WarmUpDuration < TimeSpan.Zero)
            yield return $"scenario '{scenario.ScenarioName}' warms up for {scenario.WarmUpDuration}; it must not be negative";
        if (scenario.LoadSimulations.Count > 1 && scenario.LoadSimulations.Any(simulation => simulation is ClosedSimulation { Iterations: not null }))
            yield return $"scenario '{scenario.ScenarioName}' mixes a count of iterations with other simulations";
        foreach (string problem in scenario.LoadSimulations.SelectMany(simulation => simulation.Problems()))
            yield return $"scenario '{scenario.ScenarioName}': {problem}";
    }
}
