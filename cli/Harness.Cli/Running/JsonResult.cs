using System.Text.Json;
using Harness.Records;

namespace Harness.Cli.Running;

/// <summary>What <c>--json</c> prints for runs; its shape changes only with <c>formatVersion</c>.</summary>
internal static class JsonResult
{
    /// <param name="results">In the order they were run.</param>
    /// <param name="comparison">The page that compares them; null for a single run.</param>
    public static string Render(IReadOnlyList<RunResult> results, string? comparison = null) => JsonSerializer.Serialize(
        new
        {
            FormatVersion = 1,
            Comparison = comparison,
            Runs = results.Select(result => new
            {
                result.Description.Id,
                result.Description.Experiment,
                result.Description.Seed,
                result.Description.Command,
                result.Outcome.Folder,
                Report = result.Page,
                result.Outcome.Status,
                result.Outcome.Reason,
                result.ExitCode,
                result.Verdict.Verdict,
                result.Verdict.Sentence,
                result.Verdict.Results,
            }),
        },
        RecordJson.Document);
}
