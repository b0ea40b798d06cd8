using System.Text;
using Harness.Records;

namespace Harness.Reports;

/// <summary>Leaves the reports of a run beside its record.</summary>
public static class RunReports
{
    /// <summary>Writes <c>report.html</c>, <c>junit.xml</c> and <c>summary.md</c> into the record's folder, over older ones.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(RunRecord record, RunVerdict verdict) => Write(RunFacts.Of(record, verdict), record.Folder);

    /// <summary>Writes one report in each of these formats.</summary>
    /// <param name="formats">Some of <see cref="Formats"/>; others are passed over.</param>
    public static IReadOnlyList<string> Write(RunFacts facts, string folder, IReadOnlyCollection<string> formats)
    {
        var written = new List<string>();
        foreach ((string format, (string file, Func<RunFacts, string> render)) in Renderers.Where(one => formats.Contains(one.Key)))
        {
            Replace(folder, file, render(facts));
            written.Add(Path.Combine(folder, file));
        }

        return written;
    }

    /// <summary>The formats there are, by name.</summary>
    public static IReadOnlyList<string> Formats => [.. Renderers.Keys];

    private static readonly Dictionary<string, (string File, Func<RunFacts, string> Render)> Renderers = new()
    {
        ["html"] = ("report.html", HtmlPage.Render),
        ["junit"] = ("junit.xml", JUnitXml.Render),
        ["markdown"] = ("summary.md", MarkdownSummary.Render),
        ["json"] = ("summary.json", RunTables.Json),
        ["csv"] = ("latency.csv", RunTables.Csv),
    };

    /// <summary>The same for facts that are already in memory.</summary>
    public static void Write(RunFacts facts, string folder)
    {
        Replace(folder, "report.html", HtmlPage.Render(facts));
        Replace(folder, "junit.xml", JUnitXml.Render(facts));
        Replace(folder, "summary.md", MarkdownSummary.Render(facts));
    }

    // Moved into place when whole, so that a reader or a crash never meets half a report.
    private static void Replace(string folder, string name, string text)
    {
        string half = Path.Combine(folder, $".{name}.part");
        File.WriteAllText(half, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        File.Move(half, Path.Combine(folder, name), overwrite: true);
    }
}
