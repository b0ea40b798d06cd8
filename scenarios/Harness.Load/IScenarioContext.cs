namespace Harness.Load;

/// <summary>What an iteration may know and use. It belongs to one virtual user, which runs one iteration at a time.</summary>
public interface IScenarioContext
{
    ScenarioInfo ScenarioInfo { get; }

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
}

/// <summary>What <c>WithInit</c> and <c>WithClean</c> may know.</summary>
public interface IScenarioInitContext
{
    ScenarioInfo ScenarioInfo { get; }

    CancellationToken ScenarioCancellationToken { get; }
}
