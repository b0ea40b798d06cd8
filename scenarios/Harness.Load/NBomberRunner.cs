namespace Harness.Load;

/// <summary><see cref="LoadRunner"/> by the name that NBomber's users know.</summary>
public static class NBomberRunner
{
    /// <inheritdoc cref="LoadRunner.RegisterScenarios"/>
    public static LoadRun RegisterScenarios(params ScenarioProps[] scenarios) => LoadRunner.RegisterScenarios(scenarios);
}

/// <summary>Finds what came of one scenario or step by its name.</summary>
public static class StatsByName
{
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ScenarioStats Get(this IReadOnlyList<ScenarioStats> stats, string name) =>
        stats.Find(name) ?? throw new ArgumentException($"No scenario is called '{name}'; there is {string.Join(", ", stats.Select(one => one.ScenarioName))}.", nameof(name));

    /// <summary>Null when there is none.</summary>
    public static ScenarioStats? Find(this IReadOnlyList<ScenarioStats> stats, string name) => stats.FirstOrDefault(one => one.ScenarioName == name);

    public static bool Exists(this IReadOnlyList<ScenarioStats> stats, string name) => stats.Find(name) is not null;

    /// <exception cref="ArgumentException">There is none.</exception>
    public static StepStats Get(this IReadOnlyList<StepStats> stats, string name) =>
        stats.Find(name) ?? throw new ArgumentException($"No step is called '{name}'; there is {string.Join(", ", stats.Select(one => one.StepName))}.", nameof(name));

    /// <summary>Null when there is none.</summary>
    public static StepStats? Find(this IReadOnlyList<StepStats> stats, string name) => stats.FirstOrDefault(one => one.StepName == name);

    public static bool Exists(this IReadOnlyList<StepStats> stats, string name) => stats.Find(name) is not null;
}
