using System.CommandLine;
using System.Text.Json;
using Harness.Chaos.Experiments;
using Harness.Checks;
using Harness.Cli.Comparing;
using Harness.Records;
using Harness.Reports;

namespace Harness.Cli.Commands;

/// <summary><c>harness report</c>: judges and draws records again, and several side by side, from nothing but the records.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN") { Description = "The folder of a run record, or a folder that holds some.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = $"Some of {string.Join(',', RunReports.Formats)}.", HelpName = "NAMES", DefaultValueFactory = _ => "html,junit,markdown" };
        var compare = new Option<bool>("--compare") { Description = "Write one page that shows all runs side by side, and the same as JSON beside it." };
        var control = new Option<string?>("--control") { Description = "With --compare: the run to hold the others against; the first of each experiment when not given.", HelpName = "RUN" };
        var to = new Option<string?>("--out") { Description = "With --compare: the page's file; a folder of its own beside the runs when not given.", HelpName = "FILE" };
        var json = new Option<bool>("--json") { Description = "Print what was found as JSON (format version 1) on standard output." };
        var open = new Option<bool>("--open") { Description = "Show the page in a browser." };
        var command = new HelpedCommand(
            "report",
            "Judges run records again and writes their pages, or one page that compares them, from the records alone.",
            "harness report runs/20260102T030405Z-demo",
            "harness report runs/20260102T030405Z-demo --format json,csv",
            "harness report runs/ --compare --open",
            "harness report runs/20260102T030405Z-demo runs/20260102T040506Z-demo --compare --control runs/20260102T040506Z-demo --out compare.html")
        {
            runs, format, compare, control, to, json, open,
        };
        command.SetAction(async (parsed, _) =>
        {
            if (parsed.GetValue(compare))
            {
                return await new CompareCall(
                    new CompareSettings
                    {
                        Runs = parsed.GetValue(runs)!,
                        Control = parsed.GetValue(control),
                        Out = parsed.GetValue(to),
                        Json = parsed.GetValue(json),
                        Open = parsed.GetValue(open),
                    },
                    Console.Out,
                    Console.Error).RunAsync();
            }

            string[] formats = parsed.GetValue(format)!.Split(',', StringSplitOptions.TrimEntries);
            string[] misplaced = [.. new[] { ("--control", parsed.GetValue(control)), ("--out", parsed.GetValue(to)) }.Where(one => one.Item2 is not null).Select(one => one.Item1)];
            return await RenderAsync(parsed.GetValue(runs)!, formats, misplaced, parsed.GetValue(json), parsed.GetValue(open));
        });
        return command;
    }

    private static async Task<int> RenderAsync(IReadOnlyList<string> folders, string[] formats, string[] misplaced, bool json, bool open)
    {
        List<string> problems =
        [
            .. formats.Except(RunReports.Formats).Select(unknown => $"--format: '{unknown}' is not a format; {NearestName.Hint(unknown, RunReports.Formats)}"),
            .. misplaced.Select(option => $"{option}: belongs to --compare"),
        ];
        IReadOnlyList<RunRecord> records = RunFolders.Open(folders, problems);
        if (problems.Count > 0)
        {
            problems.ForEach(problem => Console.Error.WriteLine($"harness: {problem}"));
            return ExitCode.BadInput;
        }

        var numbers = new List<RunNumbers>();
        foreach (RunRecord record in records)
        {
            RunVerdict verdict = Judge.Of(record);
            RunRecordWriter.WriteVerdict(record.Folder, verdict);
            var facts = RunFacts.Of(record, verdict);
            IReadOnlyList<string> written = RunReports.Write(facts, record.Folder, formats);
            TextWriter told = json ? Console.Error : Console.Out;
            await told.WriteLineAsync($"{verdict.Verdict.ToString().ToUpperInvariant()}  {verdict.Sentence}");
            foreach (string file in written)
                await told.WriteLineAsync($"  {file}");
            numbers.Add(RunNumbers.Of(facts));
            if (open && written.FirstOrDefault(file => file.EndsWith(".html", StringComparison.Ordinal)) is { } page)
                await Browser.ShowAsync(page, Console.Error);
        }

        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(new ReportsView(1, numbers), RecordJson.Document));
        return ExitCode.Passed;
    }
}

/// <summary>What <c>--json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Runs">In the order they were named; each as its <c>report.json</c>.</param>
internal sealed record ReportsView(int FormatVersion, IReadOnlyList<RunNumbers> Runs);
