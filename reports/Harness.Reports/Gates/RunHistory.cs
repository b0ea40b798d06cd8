using System.Globalization;
using System.Text.Json;
using Harness.Records;

namespace Harness.Reports.Gates;

/// <summary>A line of <c>history.jsonl</c>: what the rules of a gate measured on one occasion.</summary>
/// <param name="At">The start of the newest run (UTC).</param>
/// <param name="Run">Its id.</param>
/// <param name="Commit">That the harness was built from; null outside a checkout.</param>
/// <param name="Values">By the rule's text.</param>
public sealed record HistoryLine(string Gate, DateTimeOffset At, string Run, string? Commit, IReadOnlyDictionary<string, double> Values);

/// <summary>Remembers what gates measured beside the runs, and warns when a level has changed.</summary>
public static class RunHistory
{
    public const string FileName = "history.jsonl";

    /// <summary>Appends this occasion, once a run, and looks for changes.</summary>
    /// <returns>A warning for each rule whose values changed their level; such results decide nothing.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static IReadOnlyList<GateResult> Note(string file, GateFile gate, IReadOnlyList<RunFacts> runs, IReadOnlyList<GateResult> results)
    {
        List<HistoryLine> lines = [.. Read(file).Where(line => line.Gate == gate.Name)];
        RunDescription newest = runs.MaxBy(run => run.Description.StartedAt)!.Description;
        if (lines.All(line => line.Run != newest.Id))
        {
            var line = new HistoryLine(gate.Name, newest.StartedAt, newest.Id, newest.Commit, Baseline.Of(results).Values);
            File.AppendAllText(file, JsonSerializer.Serialize(line, RecordJson.Line) + "\n");
            lines.Add(line);
        }

        return [.. results.Where(result => result.Layer is GateLayer.Exact or GateLayer.Absolute).Select(result => Warn(result, lines)).OfType<GateResult>()];
    }

    private static GateResult? Warn(GateResult result, IEnumerable<HistoryLine> lines)
    {
        HistoryLine[] known = [.. lines.Where(line => line.Values.TryGetValue(result.Rule, out double value) && value > 0).OrderBy(line => line.At)];
        double[] values = [.. known.Select(line => line.Values[result.Rule])];
        if (ChangePoint.Find(values) is not { } change)
            return null;
        HistoryLine first = known[change.Index];
        return new GateResult
        {
            Layer = GateLayer.History,
            Rule = result.Rule,
            Line = result.Line,
            Verdict = Verdict.Unknown,
            Summary = string.Create(
                CultureInfo.InvariantCulture,
                $"Warning: its level changed by {change.ChangeRatio * 100:+0.0;-0.0} % with {first.Run}{(first.Commit is null ? "" : $" (commit {first.Commit})")}, in {values.Length} runs; by chance one time in {1 / change.Chance:0}."),
            Estimate = change.ChangeRatio,
            Count = values.Length,
        };
    }

    /// <summary>Every whole line; one cut short by a crash is passed over.</summary>
    private static IEnumerable<HistoryLine> Read(string file)
    {
        foreach (string text in File.Exists(file) ? File.ReadAllLines(file) : [])
        {
            HistoryLine? line = null;
            try
            {
                line = JsonSerializer.Deserialize<HistoryLine>(text, RecordJson.Line);
            }
            catch (JsonException)
            {
                continue;
            }

            if (line is not null)
                yield return line;
        }
    }
}
