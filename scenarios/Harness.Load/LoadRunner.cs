namespace Harness.Load;

/// <summary>Begins the description of a run.</summary>
public static class LoadRunner
{
    public static LoadRun RegisterScenarios(params ScenarioProps[] scenarios) => new() { Scenarios = [.. scenarios] };
}
