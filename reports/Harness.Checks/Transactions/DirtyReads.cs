using Harness.Checks.Workloads;

namespace Harness.Checks.Transactions;

/// <summary>Finds reads of what was never there: of an aborted transaction (G1a), of the middle of one (G1b), of nobody.</summary>
internal static class DirtyReads
{
    public static void Find(ListVersions versions, ListRead[] reads, HistoryFindings findings)
    {
        var reported = new HashSet<(string, string)>();
        foreach (ListRead read in reads)
        {
            foreach (string element in read.Elements)
            {
                Transaction? writer = versions.WriterOf(read.Key, element);
                if (writer == read.By)
                    findings.Add($"future-read: {read.By} read {element} in {read.Key} before it appended that itself.", read.By.Source);
                if (writer is { Aborted: false } || !reported.Add((read.Key, element)))
                    continue;

                findings.Add(
                    writer is null
                        ? $"garbage-read: {read.By} read {element} in {read.Key}, which nobody appended."
                        : $"G1a: {read.By} read {element} in {read.Key}, which {writer} appended and then aborted.",
                    read.By.Source, writer?.Source);
            }

            EndsInTheMiddle(read, versions, findings);
        }
    }

    private static void EndsInTheMiddle(ListRead read, ListVersions versions, HistoryFindings findings)
    {
        if (read.Elements.Count == 0 || versions.WriterOf(read.Key, read.Elements[^1]) is not { } writer || writer == read.By)
            return;

        string last = writer.Steps.Last(step => step.Key == read.Key && step.Appended is not null).Appended!;
        if (last != read.Elements[^1])
            findings.Add($"G1b: {read.By} read {read.Key} up to {read.Elements[^1]}, in the middle of {writer}.", read.By.Source, writer.Source);
    }
}
