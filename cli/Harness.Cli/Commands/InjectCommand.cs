using System.CommandLine;
using System.Text.Json.Nodes;
using Harness.Chaos.Control;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults;
using Harness.Cli.Control;

namespace Harness.Cli.Commands;

/// <summary><c>harness inject</c>: breaks a system that is up, by hand. Each kind of fault is a command of its own; its options are what the kind reads in a file.</summary>
internal static class InjectCommand
{
    public const string Name = "inject";

    private static readonly (string Many, string One)[] Singular = [("edges", "edge"), ("parts", "part"), ("services", "service"), ("values", "value")];

    /// <param name="args">As the user typed them: only whoever injects pays for the commands of all kinds.</param>
    public static Command Create(IReadOnlyList<string> args)
    {
        var command = new HelpedCommand(
            Name,
            "Puts a fault into a system that 'harness up' keeps running. It heals by itself when its time is over, by 'harness heal', and when the system goes down. "
            + "Exit code 0 when it is in place, 2 when it was asked for wrongly, 3 when it could not be put in place.",
            "harness inject latency --edge \"orders -> payments\" --delay 200ms --for 30s",
            "harness inject partition --edge \"payments -> redis\"",
            "harness inject kill --part payments --for 5s",
            "harness inject expire-cache --hottest 10",
            "harness inject latency --help");
        if (args is [Name, ..])
        {
            foreach (IFaultKind kind in FaultKinds.All)
                command.Subcommands.Add(Create(kind));
        }

        return command;
    }

    private static HelpedCommand Create(IFaultKind kind)
    {
        var control = new ControlOptions();
        var command = new HelpedCommand(kind.Name, $"{char.ToUpperInvariant(kind.Summary[0])}{kind.Summary[1..]}.") { control.At, control.Json };
        command.TreatUnmatchedTokensAsErrors = false;
        var read = new List<(string Field, Func<ParseResult, JsonNode?> Read)>();
        // The environment that has everything; what the one that is up lacks it says itself.
        JsonObject described = FaultForm.Describe(kind, EnvironmentKinds.Find("local")!);
        string[] required = [.. (described["required"] as JsonArray ?? []).Select(field => field!.ToString())];
        foreach ((string field, JsonNode? schema) in described["properties"]!.AsObject())
        {
            bool isList = schema!["anyOf"] is JsonArray any && any.Any(one => one?["type"]?.ToString() == "array");
            string text = Text(field, schema, isList) + (required.Contains(field) ? " Needed." : "");
            if (isList)
            {
                var option = new Option<string[]>($"--{One(field)}", $"--{field}") { Description = text, HelpName = One(field).ToUpperInvariant() };
                command.Options.Add(option);
                read.Add((field, parsed => parsed.GetValue(option) is { Length: > 0 } values ? new JsonArray([.. values.Select(value => (JsonNode)value)]) : null));
            }
            else
            {
                var option = new Option<string?>($"--{field}") { Description = text, HelpName = field.ToUpperInvariant() };
                command.Options.Add(option);
                read.Add((field, parsed => parsed.GetValue(option)));
            }
        }

        command.SetAction((parsed, runToken) =>
        {
            var body = new JsonObject { ["fault"] = kind.Name };
            foreach ((string field, Func<ParseResult, JsonNode?> value) in read)
            {
                if (value(parsed) is { } given)
                    body[field] = given;
            }

            AddUnknown(parsed.UnmatchedTokens, body);
            return InjectAsync(parsed.GetValue(control.At), body, parsed.GetValue(control.Json), runToken);
        });
        return command;
    }

    private static async Task<int> InjectAsync(string? at, JsonObject body, bool json, CancellationToken runToken)
    {
        using ControlClient? client = ControlClient.Find(at, Console.Error);
        if (client is null)
            return ExitCode.BadInput;
        ControlAnswer answer = await client.AskAsync(HttpMethod.Post, "faults", body, runToken);
        if (json)
            Console.WriteLine(answer.Body?.ToJsonString());
        else if (answer.IsGood)
            Console.WriteLine($"{answer.Body!["id"]}  {answer.Body["described"]}{Environment.NewLine}./harness heal {answer.Body["id"]} takes it away before its time");
        foreach (string problem in answer.IsGood ? [] : answer.Problems)
            await Console.Error.WriteLineAsync($"harness: {body["fault"]}: {problem}");
        return answer.ExitCode;
    }

    /// <summary>Hands on what no option is called, so that it is refused together with everything else that is wrong.</summary>
    private static void AddUnknown(IReadOnlyList<string> words, JsonObject body)
    {
        for (int i = 0; i < words.Count; i++)
        {
            string[] parts = words[i].TrimStart('-').Split('=', 2);
            bool hasValue = words[i].StartsWith("--", StringComparison.Ordinal) && parts.Length == 1 && i + 1 < words.Count && !words[i + 1].StartsWith("--", StringComparison.Ordinal);
            body.TryAdd(parts[0], hasValue ? words[++i] : parts[^1]);
        }
    }

    private static string Text(string field, JsonNode schema, bool isList) =>
        schema["description"] is { } form ? $"{Sentence(form.ToString())}{(field == "for" ? $" {Units.Text(FaultForm.ForDefault)} when it is left out." : "")}"
        : schema["anyOf"]?[0]?["enum"] is JsonArray words ? $"One of {string.Join(", ", words.Select(word => word!.ToString()))}; the first when it is left out."
        : isList ? "May come several times."
        : "A word.";

    private static string Sentence(string form) => $"{char.ToUpperInvariant(form[0])}{form[1..]}.";

    private static string One(string field) => Singular.FirstOrDefault(pair => pair.Many == field).One ?? field;
}
