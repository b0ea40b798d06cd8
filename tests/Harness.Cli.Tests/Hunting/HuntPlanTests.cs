using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Hunting;
using Harness.Checks;
using Harness.Cli.Hunting;
using Harness.Cli.Running;
using Harness.Records;

namespace Harness.Cli.Tests.Hunting;

public sealed class HuntPlanTests
{
    private static readonly RunSettings Run = new() { Seed = 7, Environment = "embedded", RunsFolder = Path.GetTempPath(), ProxyApiPort = 0, Json = false };

    public static TheoryData<string> Bugs => [.. PlantedBugs.All.Select(bug => bug.Name)];

    [Fact]
    public void There_are_at_least_twenty_bugs_and_each_has_a_name_and_a_mistake_of_its_own()
    {
        Assert.True(PlantedBugs.All.Count >= 20);
        Assert.Equal(PlantedBugs.All.Count, PlantedBugs.All.Select(bug => bug.Name).Distinct().Count());
        Assert.Equal(PlantedBugs.All.Count, PlantedBugs.All.Select(bug => bug.Mistake).Distinct().Count());
        Assert.Equal(OrderSystemSwitches.Words["bug"], PlantedBugs.All.Select(bug => bug.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void Every_bug_has_an_experiment_that_can_run_and_asks_the_check_that_should_find_it(string name)
    {
        PlantedBug bug = PlantedBugs.Find(name)!;
        (HuntPlan plan, IReadOnlyList<Problem> problems) = HuntPlan.Make(new HuntSettings { Bugs = [name], Run = Run });

        Assert.Empty(problems);
        (PlantedBug planned, PlannedRun run) = Assert.Single(plan.Bugs);
        Assert.Equal((bug, name, 7), (planned, run.Experiment.Target["bug"], run.Seed));
        Assert.Contains(bug.FoundBy, Judge.All.Select(check => check.Name));
        Assert.Contains(bug.FoundBy, run.Experiment.Expect.OfType<ChecksExpectation>().SelectMany(checks => checks.Names));
        Assert.Equal($"./harness run hunt/{bug.Experiment} --env embedded --seed 7 --matrix bug={name}", Run.CommandFor(run));
    }

    [Fact]
    public void Every_experiment_of_the_hunt_shows_some_bug() =>
        Assert.Equal(ExperimentFiles.Hunted, PlantedBugs.All.Select(HuntPlan.PathOf).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Clean_runs_go_through_all_that_ships_in_turn_each_with_the_next_seed()
    {
        int count = ExperimentFiles.Shipped.Count + ExperimentFiles.Hunted.Count;
        (HuntPlan plan, IReadOnlyList<Problem> problems) = HuntPlan.Make(new HuntSettings { Bugs = null, Clean = (3 * count) + 100, Run = Run });

        Assert.Empty(problems);
        Assert.Empty(plan.Bugs);
        Assert.Equal((3 * count) + 100, plan.Clean.Count);
        Assert.Equal(Enumerable.Range(7, plan.Clean.Count), plan.Clean.Select(run => run.Seed));
        Assert.All(plan.Clean, run => Assert.DoesNotContain("bug", run.Experiment.Target.Keys));
        string[] left = [.. plan.LeftOut.Select(line => line.Split(':')[0])];
        Assert.Superset(ExperimentFiles.Shipped.Concat(ExperimentFiles.Hunted).Except(left).ToHashSet(), plan.Clean.Select(run => run.Argument).ToHashSet());
    }

    [Fact]
    public void Says_everything_that_is_wrong_at_once()
    {
        (_, IReadOnlyList<Problem> problems) = HuntPlan.Make(new HuntSettings
        {
            Bugs = ["refund-twise"], Clean = -1, RunsMax = 0, Run = Run with { Environment = "embeded" },
        });

        string[] said = [.. problems.Select(problem => problem.ToString())];
        Assert.Equal(4, said.Length);
        Assert.Contains(said, line => line.Contains("-1 is no number of runs", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("0 is no number of runs", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("did you mean 'refund-twice'?", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains("'embeded' is not an environment", StringComparison.Ordinal));
    }
}
