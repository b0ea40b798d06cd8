using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Chaos.Environments.Leftovers;
using Harness.Cli.Control;
using Harness.Records;

namespace Harness.Cli.Commands;

/// <summary><c>harness heal</c>: takes faults away that were injected by hand, and cleans up after harnesses that came to a sudden end.</summary>
internal static class HealCommand
{
    public static Command Create()
    {
        var control = new ControlOptions();
        var id = new Argument<string?>("ID") { Description = "The fault, as 'harness inject' and 'harness status' call it.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Heal every fault that was injected by hand into the system that is up." };
        var leftovers = new Option<bool>("--leftovers")
        {
            Description = "Clean up after every harness of yours that is gone: processes, stopped or running, folders, and proxies of somebody else.",
        };
        var command = new HelpedCommand(
            "heal",
            "Takes away a fault that was injected by hand, or all of them; or cleans up what a harness left that was killed together with its guards, or lost its "
            + "power, which every run does before it starts. Exit code 0 when nothing is left, 2 when there is no such fault, 3 when something is still wrong: it says what, "
            + "and how to mend it.",
            "harness heal latency-1",
            "harness heal --all",
            "harness heal --leftovers")
        {
            id,
            all,
            leftovers,
            control.At,
            control.Json,
        };
        command.Validators.Add(result =>
        {
            int asked = (result.GetValue(id) is null ? 0 : 1) + (result.GetValue(all) ? 1 : 0) + (result.GetValue(leftovers) ? 1 : 0);
            if (asked != 1)
                result.AddError("heal takes exactly one of the id of a fault, --all and --leftovers.");
        });
        command.SetAction((parsed, runToken) => parsed.GetValue(leftovers)
            ? CleanAsync(parsed.GetValue(control.Json), runToken)
            : HealAsync(parsed.GetValue(control.At), parsed.GetValue(id), parsed.GetValue(control.Json), runToken));
        return command;
    }

    /// <summary>Before anything is started: one line for all that was found, and one for each thing that is still wrong.</summary>
    public static async Task CleanQuietlyAsync(TextWriter error, CancellationToken cancellationToken)
    {
        LeftoverReport report = await LeftoverReport.CleanAsync(cancellationToken);
        if (report.Undone.Count > 0)
            await error.WriteLineAsync($"harness: cleaned up after an earlier one: {string.Join("; ", report.Undone)}");
        foreach (string still in report.Still)
            await error.WriteLineAsync($"harness: left by an earlier one: {still}");
    }

    private static async Task<int> CleanAsync(bool json, CancellationToken runToken)
    {
        LeftoverReport report = await LeftoverReport.CleanAsync(runToken);
        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new LeftoversView(1, report.Found, report.Undone, report.Still), RecordJson.Line));
        else
            await PrintAsync(report);
        return report.Still.Count == 0 ? ExitCode.Passed : ExitCode.NothingProven;
    }

    private static async Task PrintAsync(LeftoverReport report)
    {
        foreach (string fault in report.Found)
            Console.WriteLine($"was in place   {fault}");
        foreach (string undone in report.Undone)
            Console.WriteLine($"cleaned up     {undone}");
        foreach (string still in report.Still)
            await Console.Error.WriteLineAsync($"STILL WRONG    {still}");
        if (report.Undone.Count + report.Still.Count == 0)
            Console.WriteLine("Nothing is left of any earlier harness.");
    }

    private static async Task<int> HealAsync(string? at, string? id, bool json, CancellationToken runToken)
    {
        using ControlClient? client = ControlClient.Find(at, Console.Error);
        if (client is null)
            return ExitCode.BadInput;
        ControlAnswer answer = await client.AskAsync(HttpMethod.Delete, id is null ? "faults" : $"faults/{Uri.EscapeDataString(id)}", null, runToken);
        JsonNode[] healed = answer.Body is JsonArray several ? [.. several.OfType<JsonNode>()] : answer.Body?["stage"] is not null ? [answer.Body] : [];
        if (json)
            Console.WriteLine(answer.Body?.ToJsonString());
        foreach (JsonNode fault in healed.Where(fault => !json))
            Console.WriteLine($"{fault["id"],-20} {fault["stage"],-12} {fault["problem"]?.ToString() ?? Evidence(fault)}");
        if (answer.IsGood && healed.Length == 0 && !json)
            Console.WriteLine("Nothing was wrong.");
        foreach (string problem in answer.IsGood || healed.Length > 0 ? [] : answer.Problems)
            await Console.Error.WriteLineAsync($"harness: {problem}");
        return healed.Any(fault => fault["stage"]?.ToString() == "not-healed") ? ExitCode.NothingProven : answer.ExitCode;
    }

    private static string Evidence(JsonNode fault) => fault["evidence"] is JsonObject { Count: > 0 } seen
        ? $"was seen to do: {string.Join(", ", seen.Select(number => $"{number.Value} {number.Key}"))}"
        : "";
}

/// <summary>What <c>heal --leftovers --json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Found">Faults that were in place.</param>
/// <param name="Undone">What was cleaned up.</param>
/// <param name="Still">What is still wrong, and how to mend it.</param>
internal sealed record LeftoversView(int FormatVersion, IReadOnlyList<string> Found, IReadOnlyList<string> Undone, IReadOnlyList<string> Still);
