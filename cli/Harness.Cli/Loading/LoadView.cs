using System.Text.Json;
using Harness.Chaos.Conducting;
using Harness.Cli.Running;
using Harness.Load;
using Harness.Load.Reporting;
using Harness.Records;

namespace Harness.Cli.Loading;

/// <summary>What <c>--json</c> prints for a load.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Id">The folder's name.</param>
/// <param name="Seed">Fixes arrivals and keys.</param>
/// <param name="Command">Repeats it.</param>
/// <param name="Folder">The record.</param>
/// <param name="Report">The page.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Reason">Why it did not complete; null when it did.</param>
/// <param name="ExitCode">What the command exits with.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Sentence">The verdict and its first reason.</param>
/// <param name="Results">Every answer it was made from.</param>
/// <param name="Load">The numbers, as <c>load.json</c> has them; null when no load came about.</param>
internal sealed record LoadView(
    int FormatVersion, string Id, int Seed, string Command, string Folder, string Report, RunStatus Status, string? Reason, int ExitCode, Verdict Verdict, string Sentence,
    IReadOnlyList<CheckResult> Results, LoadSummary? Load)
{
    public static string Render(RunResult result, LoadResult? load) => JsonSerializer.Serialize(
        new LoadView(
            1, result.Description.Id, result.Description.Seed, result.Description.Command, result.Outcome.Folder, result.Page, result.Outcome.Status, result.Outcome.Reason,
            result.ExitCode, result.Verdict.Verdict, result.Verdict.Sentence, result.Verdict.Results, load is null ? null : LoadSummary.Of(load)),
        RecordJson.Document);
}
