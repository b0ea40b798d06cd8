using System.Globalization;
using Harness.Chaos.Experiments;
using Harness.Checks;
using Harness.Records;
using Harness.Reports.Comparing;

namespace Harness.Cli.Comparing;

/// <summary>From several records to one page.</summary>
internal sealed class CompareCall(CompareSettings settings, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync()
    {
        var problems = new List<string>();
        IReadOnlyList<RunRecord> records = RunFolders.Open(settings.Runs, problems);
        RunRecord? control = null;
        if (settings.Control is { } named)
        {
            string full = Path.GetFullPath(named);
            control = records.FirstOrDefault(record => record.Folder == full || record.Description.Id == named);
            if (control is null)
                problems.Add($"--control: '{named}' is none of the runs; {NearestName.Hint(named, records.Select(record => record.Description.Id))}");
        }

        if (records.Count == 1 && problems.Count == 0)
            problems.Add($"--compare: there is only one run, {records[0].Description.Id}; name two or more");
        var inputs = new List<RunInput>();
        foreach (RunRecord record in records)
        {
            try
            {
                inputs.Add(RunInput.Of(record, record.Verdict ?? Judge.Of(record)));
            }
            catch (Exception problem) when (problem is RecordException or IOException or UnauthorizedAccessException)
            {
                problems.Add(problem.Message);
            }
        }

        if (problems.Count > 0)
        {
            problems.ForEach(problem => error.WriteLine($"harness: {problem}"));
            return ExitCode.BadInput;
        }

        var comparison = Comparison.Of(inputs, control?.Description.Id);
        string page = settings.Out ?? PageIn(Path.GetDirectoryName(records[^1].Folder)!, TimeProvider.System);
        ComparisonFiles.Write(comparison, page);
        if (settings.Json)
            await output.WriteLineAsync(ComparisonFiles.Json(comparison));
        await Print(comparison, page, settings.Json ? error : output);
        if (settings.Open)
            await Browser.ShowAsync(page, error);
        return ExitCode.Passed;
    }

    /// <summary>Compares what one call has run and leaves the page in a folder of its own beside the records.</summary>
    /// <returns>The page.</returns>
    public static string Of(IEnumerable<string> folders, string runsFolder, TextWriter output)
    {
        RunRecord[] records = [.. folders.Select(RunRecord.Open)];
        var comparison = Comparison.Of([.. records.Select(record => RunInput.Of(record, record.Verdict ?? Judge.Of(record)))]);
        string page = PageIn(runsFolder, TimeProvider.System);
        ComparisonFiles.Write(comparison, page);
        Print(comparison, page, output).GetAwaiter().GetResult();
        return page;
    }

    private static async Task Print(Comparison comparison, string page, TextWriter output) =>
        await output.WriteLineAsync($"\n{comparison.Verdict.ToString().ToUpperInvariant()}  {comparison.Sentence}\n\n  compare  {page}");

    private static string PageIn(string runsFolder, TimeProvider time)
    {
        string stem = Path.GetFullPath(Path.Combine(
            runsFolder, time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture) + "-compare"));
        string folder = stem;
        for (int again = 2; Directory.Exists(folder); again++)
            folder = $"{stem}-{again}";
        return Path.Combine(folder, ComparisonFiles.PageName);
    }
}

/// <summary>What was asked of a comparison.</summary>
internal sealed record CompareSettings
{
    /// <summary>Records, or folders that hold some.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>The folder or the id of the run to hold the others against; null for the first of each experiment.</summary>
    public string? Control { get; init; }

    /// <summary>Where the page goes; null for a folder of its own beside the last record.</summary>
    public string? Out { get; init; }

    public bool Json { get; init; }

    public bool Open { get; init; }
}
