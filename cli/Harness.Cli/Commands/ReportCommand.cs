using System.CommandLine;
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
        var command = new HelpedCommand(
            "report",
            "Judges run records again and writes their pages, from the records alone.",
            "harness report runs/20260102T030405Z-demo")
        {
            runs,
        };
        command.SetAction(parsed => Render(parsed.GetValue(runs)!, Console.Out, Console.Error));
        return command;
    }

    private static int Render(IReadOnlyList<string> folders, TextWriter output, TextWriter error)
    {
        var records = new List<RunRecord>();
        bool bad = false;
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
            RunReports.Write(record, verdict);
            output.WriteLine($"{verdict.Verdict.ToString().ToUpperInvariant()}  {verdict.Sentence}");
            output.WriteLine($"  {Path.Combine(record.Folder, "report.html")}");
        }

        return ExitCode.Passed;
    }
}
