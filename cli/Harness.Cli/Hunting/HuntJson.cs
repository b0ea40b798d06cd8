using System.Text.Json;
using Harness.Chaos.Hunting;
using Harness.Records;

namespace Harness.Cli.Hunting;

/// <summary>A hunt for programs: <c>hunt.json</c> and what <c>--json</c> prints. Its shape changes only with <c>formatVersion</c>.</summary>
internal static class HuntJson
{
    public const int FormatVersion = 1;

    public static string Render(HuntResult result, HuntSettings settings) => JsonSerializer.Serialize(
        new
        {
            FormatVersion,
            HarnessVersion = Installation.Version,
            Installation.Commit,
            settings.Run.Environment,
            settings.Run.Seed,
            result.Interrupted,
            result.ExitCode,
            Counts = new
            {
                Bugs = result.Bugs.Count, result.Found, CleanRuns = result.Clean.Count, CleanAlarms = result.Alarmed.Count, CleanUnproven = result.Unproven.Count,
            },
            Bugs = result.Bugs.Select(bug => new
            {
                bug.Bug.Name, bug.Bug.Mistake, Experiment = HuntPlan.PathOf(bug.Bug), Expected = bug.Bug.FoundBy, Found = bug.Found is not null, bug.Found?.Witness, bug.Also, bug.Runs,
            }),
            result.Clean,
            result.LeftOut,
        },
        RecordJson.Document);

    /// <summary>What <c>--list --json</c> prints.</summary>
    public static string RenderList() => JsonSerializer.Serialize(
        new
        {
            FormatVersion,
            Bugs = PlantedBugs.All.Select(bug => new { bug.Name, bug.Mistake, Experiment = HuntPlan.PathOf(bug), Expected = bug.FoundBy }),
        },
        RecordJson.Document);
}
