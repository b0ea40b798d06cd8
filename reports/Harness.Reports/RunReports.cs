using System.Text;
using Harness.Records;

namespace Harness.Reports;

/// <summary>Leaves the reports of a run beside its record.</summary>
public static class RunReports
{
    /// <summary>Writes <c>report.html</c>, <c>junit.xml</c> and <c>summary.md</c> into the record's folder, over older ones.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static void Write(RunRecord record, RunVerdict verdict) => Write(RunFacts.Of(record, verdict), record.Folder);

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
