using System.Text.Json;
using Harness.Chaos.Conducting;
using Harness.Records;

namespace Harness.Cli.Running;

/// <summary>What <c>--json</c> prints for runs.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Comparison">The page that compares them; null for a single run.</param>
/// <param name="Runs">In the order they were run.</param>
internal sealed record RunsView(int FormatVersion, string? Comparison, IReadOnlyList<RunView> Runs)
{
    public static string Render(IReadOnlyList<RunResult> results, string? comparison = null) =>
        JsonSerializer.Serialize(new RunsView(1, comparison, [.. results.Select(RunView.Of)]), RecordJson.Document);
}

/// <summary>A run and what it proved.</summary>
/// <param name="Id">The folder's name.</param>
/// <param name="Experiment">Its name.</param>
/// <param name="Seed">Fixes arrivals, keys and faults.</param>
/// <param name="Command">Repeats it.</param>
/// <param name="Folder">The record.</param>
/// <param name="Report">The page.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">Why it did not complete; null when it did.</param>
/// <param name="ExitCode">What the command would exit with, had this been its only run.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Sentence">The verdict and its first reason.</param>
/// <param name="Results">Every answer it was made from.</param>
internal sealed record RunView(
    string Id, string Experiment, int Seed, string Command, string Folder, string Report, RunStatus Status, string? Reason, int ExitCode, Verdict Verdict, string Sentence,
    IReadOnlyList<CheckResult> Results)
{
    public static RunView Of(RunResult result) => new(
        result.Description.Id, result.Description.Experiment, result.Description.Seed, result.Description.Command, result.Outcome.Folder, result.Page, result.Outcome.Status,
        result.Outcome.Reason, result.ExitCode, result.Verdict.Verdict, result.Verdict.Sentence, result.Verdict.Results);
}
