namespace Harness.Reports;

/// <summary>A file of a run record.</summary>
/// <param name="Path">Relative to the record's folder, with forward slashes.</param>
/// <param name="Bytes">Its size.</param>
public sealed record RecordFile(string Path, long Bytes)
{
    // In the order of a reader's interest; logs and what is not listed here come last, by name.
    private static readonly string[] Order =
        ["run.json", "events.jsonl", "series.jsonl", "latency.hlog", "history.bin", "audit.json", "verdict.json"];

    private static readonly string[] Reports = ["report.html", "junit.xml", "summary.md", "summary.json", "latency.csv", "gate.json", "gate-junit.xml", "gate.md"];

    /// <summary>The raw data of a record: every file in the folder that is not itself a report.</summary>
    public static IReadOnlyList<RecordFile> In(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => new RecordFile(System.IO.Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file.Length))
            .Where(file => !Reports.Contains(file.Path))
            .OrderBy(file => Array.IndexOf(Order, file.Path) is var rank and >= 0 ? rank : Order.Length)
            .ThenBy(file => file.Path, StringComparer.Ordinal),
    ];
}
