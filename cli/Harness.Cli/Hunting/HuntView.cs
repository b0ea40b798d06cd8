using System.Text.Json;
using Harness.Chaos.Hunting;
using Harness.Records;

namespace Harness.Cli.Hunting;

/// <summary>A hunt for programs: <c>hunt.json</c> and what <c>--json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="HarnessVersion">Which harness hunted.</param>
/// <param name="Commit">What it was built from; null outside a repository.</param>
/// <param name="Environment">Where services and stores came from.</param>
/// <param name="Seed">Of the first run; each further run has the next.</param>
/// <param name="Interrupted">Whether the user ended it.</param>
/// <param name="ExitCode">What the command exits with.</param>
/// <param name="Counts">What it came to.</param>
/// <param name="Bugs">In the order in which they were hunted.</param>
/// <param name="Clean">Runs without a bug.</param>
/// <param name="LeftOut">Experiments that could not be run in this environment.</param>
internal sealed record HuntView(
    int FormatVersion, string HarnessVersion, string? Commit, string Environment, int Seed, bool Interrupted, int ExitCode, HuntCounts Counts, IReadOnlyList<HuntedBugView> Bugs,
    IReadOnlyList<HuntRun> Clean, IReadOnlyList<string> LeftOut)
{
    public static string Render(HuntResult result, HuntSettings settings) => JsonSerializer.Serialize(
        new HuntView(
            1, Installation.Version, Installation.Commit, settings.Run.Environment, settings.Run.Seed, result.Interrupted, result.ExitCode,
            new HuntCounts(result.Bugs.Count, result.Found, result.Clean.Count, result.Alarmed.Count, result.Unproven.Count),
            [.. result.Bugs.Select(HuntedBugView.Of)], result.Clean, result.LeftOut),
        RecordJson.Document);
}

/// <summary>What a hunt came to.</summary>
/// <param name="Bugs">Looked for.</param>
/// <param name="Found">By the check that should.</param>
/// <param name="CleanRuns">Runs without a bug.</param>
/// <param name="CleanAlarms">Those in which something was reported.</param>
/// <param name="CleanUnproven">Those that proved nothing.</param>
internal sealed record HuntCounts(int Bugs, int Found, int CleanRuns, int CleanAlarms, int CleanUnproven);

/// <summary>A bug and the runs in which it was looked for.</summary>
/// <param name="Name">As <c>target: { bug: … }</c> takes it.</param>
/// <param name="Mistake">What somebody did wrong.</param>
/// <param name="Experiment">The file that should show it.</param>
/// <param name="Expected">The check that should fail.</param>
/// <param name="Found">Whether it failed.</param>
/// <param name="Witness">What it said; null when it never failed.</param>
/// <param name="Also">Other checks that failed in these runs.</param>
/// <param name="Runs">Until it was found.</param>
internal sealed record HuntedBugView(
    string Name, string Mistake, string Experiment, string Expected, bool Found, string? Witness, IReadOnlyList<string> Also, IReadOnlyList<HuntRun> Runs)
{
    public static HuntedBugView Of(HuntedBug bug) => new(
        bug.Bug.Name, bug.Bug.Mistake, HuntPlan.PathOf(bug.Bug), bug.Bug.FoundBy, bug.Found is not null, bug.Found?.Witness, bug.Also, bug.Runs);
}

/// <summary>What <c>--list --json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Bugs">Every bug that can be planted.</param>
internal sealed record BugsView(int FormatVersion, IReadOnlyList<BugView> Bugs)
{
    public static string Render() => JsonSerializer.Serialize(
        new BugsView(1, [.. PlantedBugs.All.Select(bug => new BugView(bug.Name, bug.Mistake, HuntPlan.PathOf(bug), bug.FoundBy))]), RecordJson.Document);
}

/// <summary>A bug that can be planted.</summary>
/// <param name="Name">As <c>target: { bug: … }</c> takes it.</param>
/// <param name="Mistake">What somebody did wrong.</param>
/// <param name="Experiment">The file that should show it.</param>
/// <param name="Expected">The check that should fail.</param>
internal sealed record BugView(string Name, string Mistake, string Experiment, string Expected);
