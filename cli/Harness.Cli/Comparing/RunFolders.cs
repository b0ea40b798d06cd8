using Harness.Records;

namespace Harness.Cli.Comparing;

/// <summary>Finds the records behind what the user named: a record, or a folder that holds some.</summary>
internal static class RunFolders
{
    /// <summary>Opens what can be opened; says of all else why not.</summary>
    public static IReadOnlyList<RunRecord> Open(IEnumerable<string> named, ICollection<string> problems)
    {
        var records = new List<RunRecord>();
        foreach (string folder in named.SelectMany(Expanded))
        {
            try
            {
                records.Add(RunRecord.Open(folder));
            }
            catch (Exception problem) when (problem is RecordException or IOException or UnauthorizedAccessException)
            {
                problems.Add(problem.Message);
            }
        }

        return records;
    }

    // The records in a folder, in the order they were made; a folder that holds none stands for itself and is refused by name.
    private static IEnumerable<string> Expanded(string named)
    {
        if (!Directory.Exists(named) || IsRecord(named))
            return [named];
        string[] inside = [.. Directory.EnumerateDirectories(named).Where(IsRecord).Order(StringComparer.Ordinal)];
        return inside.Length > 0 ? inside : [named];
    }

    private static bool IsRecord(string folder) => File.Exists(Path.Combine(folder, RecordFiles.Description));
}
