using Microsoft.Extensions.Configuration;

namespace Harness.Load;

/// <summary>A scenario as described; each <c>With…</c> answers a changed copy.</summary>
public sealed record ScenarioProps
{
    internal ScenarioProps(string name, Func<IScenarioContext, ValueTask<IResponse>> body) => (ScenarioName, Body) = (name, body);

    public string ScenarioName { get; }

    /// <summary>One after the other; default none, which a run refuses.</summary>
    public IReadOnlyList<LoadSimulation> LoadSimulations { get; init; } = [];

    /// <summary>How long the scenario runs before anything is counted; default none.</summary>
    public TimeSpan WarmUpDuration { get; init; }

    /// <summary>Whether a step that is not ok ends its iteration; default true.</summary>
    public bool RestartIterationOnFail { get; init; } = true;

    public IReadOnlyList<Threshold> Thresholds { get; init; } = [];

    /// <summary>The run ends when this many iterations were not ok; null, the default, never.</summary>
    public int? MaxFailCount { get; init; }

    /// <summary>Its part of a load that is shared by <see cref="LoadRun.WithMix"/>, beside the weights of the others; default 1.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>How long a virtual user of the closed model waits between two iterations; default not at all. It is part of neither.</summary>
    public TimeSpan ThinkTime { get; init; }

    /// <summary>What its first iteration's number comes after. Not 0 when it warms up, whose iterations are others than the measured ones.</summary>
    internal long InvocationsBefore { get; init; }

    internal Func<IScenarioContext, ValueTask<IResponse>> Body { get; }

    /// <summary>Its own; null for those of the run.</summary>
    internal IConfiguration? CustomSettings { get; init; }

    /// <summary>Whether it has no iterations, only its <c>WithInit</c> and <c>WithClean</c>.</summary>
    internal bool IsEmpty { get; init; }

    internal Func<IScenarioInitContext, Task>? Init { get; init; }

    internal Func<IScenarioInitContext, Task>? Clean { get; init; }

    /// <summary>How long arrivals go on, all simulations together.</summary>
    public TimeSpan PlannedDuration => LoadSimulations.Aggregate(TimeSpan.Zero, (sum, simulation) => sum + simulation.During);

    /// <summary>Runs once before any iteration.</summary>
    public ScenarioProps WithInit(Func<IScenarioInitContext, Task> init) => this with { Init = init };

    /// <summary>Runs once after the last iteration, whatever became of the run.</summary>
    public ScenarioProps WithClean(Func<IScenarioInitContext, Task> clean) => this with { Clean = clean };

    public ScenarioProps WithWarmUpDuration(TimeSpan duration) => this with { WarmUpDuration = duration };

    public ScenarioProps WithoutWarmUp() => this with { WarmUpDuration = TimeSpan.Zero };

    public ScenarioProps WithRestartIterationOnFail(bool shouldRestart) => this with { RestartIterationOnFail = shouldRestart };

    public ScenarioProps WithLoadSimulations(params LoadSimulation[] loadSimulations) => this with { LoadSimulations = [.. loadSimulations] };

    public ScenarioProps WithThresholds(params Threshold[] thresholds) => this with { Thresholds = [.. thresholds] };

    public ScenarioProps WithWeight(int weight) => this with { Weight = weight };

    public ScenarioProps WithThinkTime(TimeSpan thinkTime) => this with { ThinkTime = thinkTime };

    public ScenarioProps WithMaxFailCount(int maxFailCount) => this with { MaxFailCount = maxFailCount };
}
