using Harness.Chaos.Conducting;
using Harness.Records;

namespace Harness.Chaos.Loading;

/// <summary>Says in the record's words what a load asks for.</summary>
internal static class LoadDescriber
{
    /// <summary>What is said of a load that starts no environment.</summary>
    private const string NoEnvironment = "external";

    /// <summary>How long the order system is given to come to rest.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);

    public static RunDescription Describe(LoadRequest request, RunClock clock)
    {
        LoadPlan plan = request.Plan;
        bool isAudited = IsAudited(request);
        long weights = plan.Mix.Sum(part => (long)part.Weight);
        return new RunDescription
        {
            Id = "",
            Experiment = plan.Name,
            Seed = request.Seed,
            Command = request.Command,
            Commit = request.Commit,
            HarnessVersion = request.HarnessVersion,
            RuntimeVersion = RunDescriber.RuntimeVersion,
            Machine = RunDescriber.Machine(),
            Environment = request.Environment?.Name ?? NoEnvironment,
            StartedAt = clock.StartedAt,
            Load = [.. plan.Mix.Select(part => new PlannedLoad(part.Scenario, plan.Shape, plan.RatePerSecond * part.Weight / weights) { Users = plan.Users })],
            Timeline = [.. Timeline(plan, isAudited)],
            Expect = [.. Expectations(plan), .. isAudited ? Array.Empty<Expectation>() : [new ChecksExpectation([])]],
            Edges = request.Environment is { } environment ? [.. environment.Edges.Select(edge => edge.ToString())] : [],
            Source = request.Source,
        };
    }

    /// <summary>Whether the ledgers of an order system can be read when the load is over.</summary>
    public static bool IsAudited(LoadRequest request) => request.Environment is not null || request.Plan.Services.Count > 0;

    private static IEnumerable<PlannedPhase> Timeline(LoadPlan plan, bool isAudited)
    {
        if (plan.WarmUp > TimeSpan.Zero)
            yield return new PlannedPhase(Phase.Warmup, plan.WarmUp);
        yield return new PlannedPhase(Phase.Baseline, plan.During);
        if (isAudited)
            yield return new PlannedPhase(Phase.Settle, Settle);
    }

    private static IEnumerable<ThresholdExpectation> Expectations(LoadPlan plan) =>
        plan.LibraryScenarios.SelectMany(scenario => scenario.Thresholds.Select(threshold => (Scenario: scenario.ScenarioName, Threshold: threshold)))
            .Concat(plan.Thresholds)
            .Select(one => new ThresholdExpectation(one.Scenario, one.Threshold.StepName, one.Threshold.CheckExpression));
}
