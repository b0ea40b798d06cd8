using Harness.Chaos.Experiments;
using Harness.Chaos.Hunting;
using Harness.Cli.Running;

namespace Harness.Cli.Hunting;

/// <summary>Every run that a hunt may make, known to be possible before the first begins.</summary>
/// <param name="Bugs">Each bug with its experiment and the first seed.</param>
/// <param name="Clean">The runs without a bug, in order.</param>
/// <param name="LeftOut">Experiments that ship and cannot be run in this environment, each with the reason.</param>
internal sealed record HuntPlan(IReadOnlyList<(PlantedBug Bug, PlannedRun Run)> Bugs, IReadOnlyList<PlannedRun> Clean, IReadOnlyList<string> LeftOut)
{
    private const int CleanMost = 10_000;
    private const int RunsMost = 100;

    /// <summary>The plan, and every problem there is; it is of use only when there is none.</summary>
    public static (HuntPlan Plan, IReadOnlyList<Problem> Problems) Make(HuntSettings settings)
    {
        var problems = new List<Problem>();
        if (settings.Clean is < 0 or > CleanMost)
            problems.Add(new Problem("--clean", 0, 0, $"{settings.Clean} is no number of runs from 0 to {CleanMost}"));
        if (settings.RunsMax is < 1 or > RunsMost)
            problems.Add(new Problem("--runs", 0, 0, $"{settings.RunsMax} is no number of runs from 1 to {RunsMost}"));

        // What is wrong with the folder or the environment is said once, not for every bug.
        problems.AddRange(Preflight.Check([], settings.Run).Problems);
        bool canRead = problems.Count == 0;
        var bugs = new List<(PlantedBug, PlannedRun)>();
        foreach (PlantedBug bug in Named(settings.Bugs, problems))
        {
            if (!canRead)
                continue;
            (IReadOnlyList<PlannedRun> runs, IReadOnlyList<Problem> wrong) = Preflight.Check([PathOf(bug)], settings.Run with { Matrix = [$"bug={bug.Name}"] });
            problems.AddRange(wrong);
            bugs.AddRange(runs.Take(1).Select(run => (bug, run)));
        }

        var leftOut = new List<string>();
        IReadOnlyList<PlannedRun> clean = canRead && settings.Clean > 0 ? CleanRuns(settings, leftOut) : [];
        return (new HuntPlan(bugs, clean, leftOut), problems);
    }

    /// <summary>As <c>harness run</c> takes it.</summary>
    public static string PathOf(PlantedBug bug) => $"hunt/{bug.Experiment}";

    private static PlantedBug[] Named(IReadOnlyList<string>? names, List<Problem> problems)
    {
        if (names is null or [])
            return names is null ? [] : [.. PlantedBugs.All];
        string[] known = [.. PlantedBugs.All.Select(bug => bug.Name)];
        problems.AddRange(names.Where(name => !known.Contains(name))
            .Select(name => new Problem("--bugs", 0, 0, $"there is no bug '{name}'; {NearestName.Hint(name, known)}")));
        return [.. PlantedBugs.All.Where(bug => names.Contains(bug.Name))];
    }

    /// <summary>All that ship in turn, every variant of each, the shortest first, as often as was asked for.</summary>
    private static PlannedRun[] CleanRuns(HuntSettings settings, List<string> leftOut)
    {
        var rotation = new List<PlannedRun>();
        foreach (string name in ExperimentFiles.Shipped.Concat(ExperimentFiles.Hunted))
        {
            (IReadOnlyList<PlannedRun> runs, IReadOnlyList<Problem> wrong) = Preflight.Check([name], settings.Run);
            if (wrong.Count > 0)
                leftOut.Add($"{name}: {wrong[0].Message}");
            else
                rotation.AddRange(runs.Where(run => !run.Experiment.Target.ContainsKey("bug")));
        }

        rotation = [.. rotation.OrderBy(run => run.Experiment.Timeline.LoadDuration)];
        return rotation.Count == 0 ? [] : [.. Enumerable.Range(0, settings.Clean).Select(i => rotation[i % rotation.Count] with { Seed = settings.Run.Seed + i })];
    }
}
