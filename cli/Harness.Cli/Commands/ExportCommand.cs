using System.CommandLine;
using Harness.Records;

namespace Harness.Cli.Commands;

/// <summary><c>harness export</c>: a record's history in formats that other checkers read.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var run = new Argument<string>("RUN") { Description = "The folder of a run record." };
        var format = new Option<string>("--format") { Description = "What to write on standard output.", DefaultValueFactory = _ => "jsonl" };
        format.AcceptOnlyFromAmong("jsonl", "edn");
        var command = new HelpedCommand(
            "export",
            "Writes the history of a run to standard output: one JSON object a line, or Jepsen's EDN.",
            "harness export runs/20260102T030405Z-demo > history.jsonl",
            "harness export runs/20260102T030405Z-demo --format edn > history.edn")
        {
            run,
            format,
        };
        command.SetAction(parsed => Export(parsed.GetValue(run)!, parsed.GetValue(format)!, Console.Error));
        return command;
    }

    private static int Export(string folder, string format, TextWriter error)
    {
        try
        {
            IReadOnlyList<Operation> history = RunRecord.Open(folder).History;
            using var output = new StreamWriter(Console.OpenStandardOutput());
            if (format == "edn")
                HistoryExport.ToEdn(history, output);
            else
                HistoryExport.ToJsonLines(history, output);
            return ExitCode.Passed;
        }
        catch (RecordException problem)
        {
            error.WriteLine($"harness: {problem.Message}");
            return ExitCode.BadInput;
        }
    }
}
