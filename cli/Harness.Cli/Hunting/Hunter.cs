using Harness.Chaos.Conducting;
using Harness.Chaos.Hunting;
using Harness.Cli.Running;

namespace Harness.Cli.Hunting;

/// <summary>Runs what a plan has, one after the other: each bug until it is found, and then what is clean.</summary>
/// <param name="run">Runs and judges one experiment; when the token ends it early, its outcome says so.</param>
/// <param name="time">For how long runs took.</param>
/// <param name="progress">Gets a line for each run.</param>
internal sealed class Hunter(Func<PlannedRun, CancellationToken, Task<RunResult>> run, TimeProvider time, TextWriter progress)
{
    /// <summary>Goes through the plan; what was done until <paramref name="runToken"/> ended it is in the result.</summary>
    public async Task<HuntResult> HuntAsync(HuntPlan plan, int runsMax, CancellationToken runToken)
    {
        var bugs = new List<HuntedBug>();
        foreach ((PlantedBug bug, PlannedRun planned) in plan.Bugs)
        {
            if (await HuntAsync(bug, planned, runsMax, runToken) is not { } hunted)
                return new HuntResult(bugs, [], plan.LeftOut, Interrupted: true);
            bugs.Add(hunted);
        }

        var clean = new List<HuntRun>();
        foreach (PlannedRun planned in plan.Clean)
        {
            if (await RunAsync(planned, runToken) is not { } done)
                return new HuntResult(bugs, clean, plan.LeftOut, Interrupted: true);
            clean.Add(done);
            Say($"clean {clean.Count}/{plan.Clean.Count}", done, done.Alarms.Count > 0
                ? $"REPORTED {string.Join(", ", done.Alarms.Select(alarm => $"{alarm.Name}: {alarm.Witness}"))}"
                : done.Verdict == Records.Verdict.Pass ? "nothing reported" : done.Sentence);
        }

        return new HuntResult(bugs, clean, plan.LeftOut, Interrupted: false);
    }

    private async Task<HuntedBug?> HuntAsync(PlantedBug bug, PlannedRun planned, int runsMax, CancellationToken runToken)
    {
        var hunted = new HuntedBug(bug, []);
        while (hunted.Found is null && hunted.Runs.Count < runsMax)
        {
            // Another seed each time: the same plan would most likely miss it again.
            if (await RunAsync(planned with { Seed = planned.Seed + hunted.Runs.Count }, runToken) is not { } done)
                return null;
            hunted = hunted with { Runs = [.. hunted.Runs, done] };
            Say($"{bug.Name}, run {hunted.Runs.Count}", done, hunted.Found is { } found ? $"FOUND by {bug.FoundBy}: {found.Witness}"
                : $"missed by {bug.FoundBy}{(done.Alarms.Count > 0 ? $" (failed: {string.Join(", ", done.Alarms.Select(alarm => alarm.Name))})" : "")}; {done.Sentence}");
        }

        return hunted;
    }

    /// <summary>Null when the user has ended it.</summary>
    private async Task<HuntRun?> RunAsync(PlannedRun planned, CancellationToken runToken)
    {
        if (runToken.IsCancellationRequested)
            return null;
        long began = time.GetTimestamp();
        RunResult result = await run(planned, runToken);
        return result.Outcome.Status == RunStatus.Interrupted ? null : HuntRun.Of(result, time.GetElapsedTime(began));
    }

    private void Say(string what, HuntRun done, string answer)
    {
        progress.WriteLine(FormattableString.Invariant($"{what} ({done.Experiment}, seed {done.Seed}, {done.Took.TotalSeconds:0} s): {answer}"));
        progress.Flush();
    }
}
