using System.CommandLine;
using Harness.Chaos.Experiments;
using Harness.Checks;
using Harness.Records;
using Harness.Reports;

namespace Harness.Cli.Commands;

/// <summary><c>harness report</c>: judges and draws records again, from nothing but the records.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var runs = new Argument<string[]>("RUN") { Description = "The folder of a run record.", Arity = ArgumentArity.OneOrMore };
        var format = new Option<string>("--format") { Description = $"Some of {string.Join(',', RunReports.Formats)}.", HelpName = "NAMES", DefaultValueFactory = _ => "html,junit,markdown" };
        var command = new HelpedCommand(
            "report",
            "Judges run records again and writes their pages, from the records alone.",
            "harness report runs/20260102T030405Z-demo",
            "harness report runs/20260102T030405Z-demo --format json,csv")
        {
            runs,
            format,
        };
        command.SetAction(parsed => Render(parsed.GetValue(runs)!, parsed.GetValue(format)!.Split(',', StringSplitOptions.TrimEntries), Console.Out, Console.Error));
        return command;
    }

    private static int Render(IReadOnlyList<string> folders, string[] formats, TextWriter output, TextWriter error)
    {
        var records = new List<RunRecord>();
        bool bad = false;
        foreach (string unknown in formats.Except(RunReports.Formats))
        {
            error.WriteLine($"harness: --format: '{unknown}' is not a format; {NearestName.Hint(unknown, RunReports.Formats)}");
            bad = true;
        }

        foreach (string folder in folders)
        {
            try
            {
                records.Add(RunRecord.Open(folder));
            }
            catch (Exception problem) when (problem is RecordException or IOException or UnauthorizedAccessException)
            {
                error.WriteLine($"harness: {problem.Message}");
                bad = true;
            }
        }

        if (bad)
            return ExitCode.BadInput;
        foreach (RunRecord record in records)
        {
            RunVerdict verdict = Judge.Of(record);
            RunRecordWriter.WriteVerdict(record.Folder, verdict);
            IReadOnlyList<string> written = RunReports.Write(RunFacts.Of(record, verdict), record.Folder, formats);
            output.WriteLine($"{verdict.Verdict.ToString().ToUpperInvariant()}  {verdict.Sentence}");
            foreach (string file in written)
                output.WriteLine($"  {file}");
        }

        return ExitCode.Passed;
    }
}
