using Harness.Chaos.Hunting;
using Harness.Records;

namespace Harness.Cli.Hunting;

/// <summary>A bug and the runs in which it was looked for, until it was found.</summary>
internal sealed record HuntedBug(PlantedBug Bug, IReadOnlyList<HuntRun> Runs)
{
    /// <summary>What the check said that should find it; null when it never failed.</summary>
    public HuntAlarm? Found => Runs.Count == 0 ? null : Runs[^1].AlarmOf(Bug.FoundBy);

    /// <summary>Other checks that failed in its runs.</summary>
    public IReadOnlyList<string> Also => [.. Runs.SelectMany(run => run.Alarms).Select(alarm => alarm.Name).Where(name => name != Bug.FoundBy).Distinct()];
}

/// <summary>What a hunt came to.</summary>
/// <param name="Bugs">In the order in which they were hunted.</param>
/// <param name="Clean">Runs without a bug.</param>
/// <param name="LeftOut">Experiments that could not be run in this environment.</param>
/// <param name="Interrupted">Whether the user ended it.</param>
internal sealed record HuntResult(IReadOnlyList<HuntedBug> Bugs, IReadOnlyList<HuntRun> Clean, IReadOnlyList<string> LeftOut, bool Interrupted)
{
    public int Found => Bugs.Count(bug => bug.Found is not null);

    /// <summary>Clean runs in which something was reported: each is a false alarm, or a defect that nobody planted.</summary>
    public IReadOnlyList<HuntRun> Alarmed => [.. Clean.Where(run => run.Alarms.Count > 0)];

    /// <summary>Clean runs that proved nothing.</summary>
    public IReadOnlyList<HuntRun> Unproven => [.. Clean.Where(run => run.Alarms.Count == 0 && run.Verdict != Verdict.Pass)];

    /// <summary>Passed only when every bug was found and nothing else was reported.</summary>
    public int ExitCode => Interrupted ? Cli.ExitCode.Interrupted
        : Found == Bugs.Count && Alarmed.Count == 0 ? Cli.ExitCode.Passed
        : Cli.ExitCode.Failed;
}
