using Harness.Chaos.Hunting;

namespace Harness.Cli.Hunting;

/// <summary>A hunt for people: as a table on the terminal, and as Markdown.</summary>
internal static class HuntText
{
    private const string NotFound = "NOT FOUND";
    private static readonly string[] Heads = ["bug", "found by", "runs", "witness"];

    /// <summary>Every bug there is, where it should come to light, and what somebody did wrong.</summary>
    public static void PrintList(TextWriter output) => PrintTable(
        output,
        [["bug", "experiment", "found by", "mistake"], .. PlantedBugs.All.Select(bug => new[] { bug.Name, HuntPlan.PathOf(bug), bug.FoundBy, bug.Mistake })]);

    public static void Print(HuntResult result, TextWriter output)
    {
        output.WriteLine();
        if (result.Bugs.Count > 0)
            PrintTable(output, [Heads, .. result.Bugs.Select(Row)]);
        foreach (string line in Counts(result))
            output.WriteLine(line);
    }

    /// <summary>The table and the counts as Markdown.</summary>
    public static string Markdown(HuntResult result)
    {
        var lines = new List<string> { "# Hunt", "" };
        if (result.Bugs.Count > 0)
        {
            lines.Add($"| {string.Join(" | ", Heads)} |");
            lines.Add("|---|---|---|---|");
            lines.AddRange(result.Bugs.Select(bug => $"| {string.Join(" | ", Row(bug).Select(Reports.Markup.Markdown.Escape))} |"));
            lines.Add("");
        }

        lines.AddRange(Counts(result).SelectMany(line => new[] { Reports.Markup.Markdown.Escape(line), "" }));
        return string.Join('\n', lines);
    }

    private static string[] Row(HuntedBug bug) =>
    [
        bug.Bug.Name,
        bug.Found is null ? NotFound : bug.Bug.FoundBy,
        bug.Runs.Count.ToString(System.Globalization.CultureInfo.InvariantCulture),
        bug.Found?.Witness ?? string.Join("; ", bug.Runs.Select(run => run.Sentence).Distinct()),
    ];

    private static IEnumerable<string> Counts(HuntResult result)
    {
        if (result.Interrupted)
            yield return "The hunt was interrupted; what follows is what was done until then.";
        if (result.Bugs.Count > 0)
        {
            yield return $"{result.Found} of {result.Bugs.Count} bugs were found, {result.Bugs.Count(bug => bug.Found is not null && bug.Runs.Count == 1)} of them in the first run.";
        }

        foreach (string left in result.LeftOut)
            yield return $"Left out: {left}";
        if (result.Clean.Count == 0)
            yield break;
        yield return $"{result.Clean.Count} clean runs of {result.Clean.Select(run => run.Experiment).Distinct().Count()} experiments: "
            + $"{result.Alarmed.Count} reported something, {result.Unproven.Count} proved nothing.";
        foreach (HuntRun alarmed in result.Alarmed)
            yield return $"Reported: {alarmed.Experiment}, seed {alarmed.Seed}: {string.Join("; ", alarmed.Alarms.Select(alarm => $"{alarm.Name}: {alarm.Witness}"))}";
        foreach (HuntRun unproven in result.Unproven)
            yield return $"Proved nothing: {unproven.Experiment}, seed {unproven.Seed}: {unproven.Sentence}";
    }

    private static void PrintTable(TextWriter output, IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length - 1).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
            output.WriteLine(string.Concat(row[..^1].Select((cell, column) => cell.PadRight(widths[column] + 2))) + row[^1]);
        output.WriteLine();
    }
}
