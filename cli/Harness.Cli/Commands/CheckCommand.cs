using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Harness.Checks;
using Harness.Checks.Histories;
using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Cli.Commands;

/// <summary><c>harness check</c>: any recorded history against a model, whoever recorded it.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A history: a Jepsen log, EDN, elle-cli JSON, JSON lines, or the folder of a run record." };
        var model = new Option<string>("--model") { Description = $"What it is a history of: {string.Join(", ", HistoryCheck.Models)}.", Required = true, HelpName = "MODEL" };
        var format = new Option<string>("--format") { Description = $"How it is written: {string.Join(", ", HistoryCheck.Formats)}.", DefaultValueFactory = _ => "auto", HelpName = "FORMAT" };
        var level = new Option<string>("--level") { Description = $"What is asked of transactions: {string.Join(", ", HistoryCheck.Levels)}.", DefaultValueFactory = _ => HistoryCheck.Levels[0], HelpName = "LEVEL" };
        var seconds = new Option<int>("--limit") { Description = "Seconds that a search may take before the answer is unknown.", DefaultValueFactory = _ => 60, HelpName = "SECONDS" };
        var json = new Option<bool>("--json") { Description = "Print JSON (format version 1)." };
        var command = new HelpedCommand(
            "check",
            "Checks a recorded history against a model: ok, illegal (with a witness) or unknown.",
            "harness check etcd_001.log --model cas-register",
            "harness check append.edn --model list-append",
            "harness check history.jsonl --model register --json")
        {
            file,
            model,
            format,
            level,
            seconds,
            json,
        };
        command.SetAction((parsed, runToken) => Task.FromResult(Check(
            parsed.GetValue(file)!, parsed.GetValue(model)!, parsed.GetValue(format)!, parsed.GetValue(level)!, parsed.GetValue(seconds), parsed.GetValue(json), runToken)));
        return command;
    }

    private static int Check(string file, string model, string format, string level, int seconds, bool json, CancellationToken runToken)
    {
        if (seconds < 1)
        {
            Console.Error.WriteLine($"harness: --limit: {seconds} is not a number of seconds; it takes 1 or more");
            return ExitCode.BadInput;
        }

        try
        {
            var limits = new SearchLimits { Time = TimeSpan.FromSeconds(seconds) };
            long started = TimeProvider.System.GetTimestamp();
            HistoryCheckResult result = HistoryCheck.Run(file, model, format, level, limits, runToken);
            Print(result, TimeProvider.System.GetElapsedTime(started), json, Console.Out);
            return result.Verdict switch
            {
                Verdict.Pass => ExitCode.Passed,
                Verdict.Fail => ExitCode.Failed,
                _ => runToken.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.NothingProven,
            };
        }
        catch (Exception problem) when (problem is HistoryFormatException or RecordException)
        {
            Console.Error.WriteLine($"harness: {problem.Message}");
            return ExitCode.BadInput;
        }
    }

    private static void Print(HistoryCheckResult result, TimeSpan took, bool json, TextWriter output)
    {
        if (json)
        {
            output.WriteLine(JsonSerializer.Serialize(new CheckView(1, result, took), RecordJson.Document));
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.Word}  {result.Summary}  ({result.Operations} operations, {took.TotalSeconds:0.000} s)"));
        foreach (string fact in result.Witness?.Facts ?? [])
            output.WriteLine($"  {fact}");
    }
}

/// <summary>What <c>--json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Result">What the check says.</param>
/// <param name="Took">From the first byte read to the answer.</param>
internal sealed record CheckView(int FormatVersion, HistoryCheckResult Result, TimeSpan Took);
