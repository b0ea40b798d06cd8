using Microsoft.Extensions.Configuration;

namespace Harness.Load;

/// <summary>What an iteration may know and use. It belongs to one virtual user, which runs one iteration at a time.</summary>
public interface IScenarioContext
{
    ScenarioInfo ScenarioInfo { get; }

    TestInfo TestInfo { get; }

    NodeInfo NodeInfo { get; }

    /// <summary>Where scenarios say something for people; goes to whoever <see cref="LoadRun.WithLogger"/> named.</summary>
    ScenarioLogger Logger { get; }

    /// <summary>Kept within one iteration, from step to step; empty at the start of the next.</summary>
    Dictionary<string, object> Data { get; }

    /// <summary>The number of this iteration within its scenario and run, from 1. With open arrivals it is the number of the arrival, so
    /// together with the seed it fixes what the iteration does, whichever virtual user runs it.</summary>
    long InvocationNumber { get; }

    /// <summary>Seeded anew for each iteration from the run's seed, the scenario and the <see cref="InvocationNumber"/>.</summary>
    Random Random { get; }

    /// <summary>Kept from one iteration of this virtual user to its next.</summary>
    Dictionary<string, object> ScenarioInstanceData { get; }

    /// <summary>When the arrival that this iteration answers was due, since the load's start.</summary>
    TimeSpan DueAt { get; }

    /// <summary>Fires when the run is over; what an iteration answers after that is no sample.</summary>
    CancellationToken ScenarioCancellationToken { get; }

    /// <summary>Nothing more is due for a scenario; what is open ends and counts.</summary>
    /// <param name="scenarioName">Any of the run.</param>
    /// <param name="reason">For people; stands in <see cref="GeneratorCertificate.Notes"/>.</param>
    void StopScenario(string scenarioName, string reason);

    /// <summary>Nothing more is due for any scenario; what is open ends and counts.</summary>
    void StopCurrentTest(string reason);
}

/// <summary>Which virtual user of which scenario this is.</summary>
/// <param name="ScenarioName">The scenario's name.</param>
/// <param name="InstanceNumber">The number of the virtual user within its scenario, from 0.</param>
public sealed record ScenarioInfo(string ScenarioName, int InstanceNumber)
{
    /// <summary>Unique within the run.</summary>
    public string InstanceId { get; } = $"{ScenarioName}_{InstanceNumber}";

    /// <summary>The same as <see cref="InstanceId"/>, as NBomber 4 calls it.</summary>
    public string ThreadId => InstanceId;

    /// <summary>The same as <see cref="InstanceNumber"/>, as NBomber 4 calls it.</summary>
    public int ThreadNumber => InstanceNumber;

    /// <summary>How long arrivals go on, all simulations together.</summary>
    public TimeSpan ScenarioDuration { get; init; }

    public ScenarioOperation ScenarioOperation { get; init; } = ScenarioOperation.Bombing;
}

/// <summary>What <c>WithInit</c> and <c>WithClean</c> may know.</summary>
public interface IScenarioInitContext
{
    ScenarioInfo ScenarioInfo { get; }

    TestInfo TestInfo { get; }

    NodeInfo NodeInfo { get; }

    /// <summary>What this run was told that its scenarios may want to know: <c>CustomSettings["base-url"]</c>, <c>CustomSettings.Get&lt;T&gt;()</c>.</summary>
    IConfiguration CustomSettings { get; }

    /// <summary>The run's, also when a configuration file gives this scenario <see cref="CustomSettings"/> of its own.</summary>
    IConfiguration GlobalCustomSettings { get; }

    ScenarioPartition ScenarioPartition { get; }

    ScenarioLogger Logger { get; }

    CancellationToken ScenarioCancellationToken { get; }
}
