using System.Text;
using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports;

/// <summary>The run in a screenful of Markdown, for a job summary or a comment on a change.</summary>
public static class MarkdownSummary
{
    public static string Render(RunRecord record, RunVerdict verdict) => Render(RunFacts.Of(record, verdict));

    public static string Render(RunFacts facts)
    {
        var text = new StringBuilder();
        WriteVerdict(text, facts);
        WriteResults(text, facts.Verdict.Results);
        WriteLatency(text, LatencyRow.Of(facts));
        WriteRepeat(text, facts.Description);
        return text.ToString();
    }

    private static void WriteVerdict(StringBuilder text, RunFacts facts)
    {
        text.Append($"## {Symbol(facts.Verdict.Verdict)} {Markdown.Escape(facts.Description.Experiment)}\n\n");
        text.Append($"**{Markdown.Escape(facts.Verdict.Sentence)}**\n\n");
        if (facts.Description.Hypothesis is { } hypothesis)
            text.Append($"Hypothesis: {Markdown.Escape(hypothesis)}\n\n");
    }

    private static void WriteResults(StringBuilder text, IReadOnlyList<CheckResult> results)
    {
        if (results.Count == 0)
            return;
        text.Append("| Verdict | What | Kind | Found |\n|---|---|---|---|\n");
        foreach (CheckResult r in results.OrderBy(r => r.Verdict == Verdict.Pass))
            text.Append($"| {Symbol(r)} | {Markdown.Escape(r.Name)} | {Written.Word(r.Kind)} | {Markdown.Escape(r.Summary)} |\n");
        text.Append('\n');
    }

    private static void WriteLatency(StringBuilder text, IReadOnlyList<LatencyRow> rows)
    {
        if (rows.Count == 0)
            return;
        text.Append("| Scenario | Phase | Count | p50 | p90 | p99 | p99.9 | max |\n|---|---|--:|--:|--:|--:|--:|--:|\n");
        foreach (var (scenario, step, phase, latency) in rows)
        {
            string what = Markdown.Escape(step is null ? scenario : $"{scenario} › {step}");
            text.Append($"| {what} | {Written.Word(phase)} | {Written.Count(latency.Count)} | {Written.Duration(latency.P50)} ")
                .Append($"| {Written.Duration(latency.P90)} | {Written.Duration(latency.P99)} | {Written.Duration(latency.P999)} ")
                .Append($"| {Written.Duration(latency.Max)} |\n");
        }

        text.Append("\nLatency of a scenario counts from the moment an arrival was due, of a step from its start; phases are those in which the arrivals were due.\n\n");
    }

    private static void WriteRepeat(StringBuilder text, RunDescription run)
    {
        text.Append("To repeat it:\n\n").Append(Markdown.Code(run.Command)).Append("\n| | |\n|---|---|\n");
        foreach (var (name, value) in RunIdentity.Of(run).Where(i => i.Name != "command"))
            text.Append($"| {name} | {Markdown.Escape(value)} |\n");
    }

    // A run that proves nothing is no failure of its target.
    private static string Symbol(CheckResult result) =>
        result is { Kind: ResultKind.Validity, Verdict: Verdict.Fail } ? "❔ invalid" : Symbol(result.Verdict);

    private static string Symbol(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "✅ pass",
        Verdict.Fail => "❌ fail",
        _ => "❔ unknown",
    };
}
