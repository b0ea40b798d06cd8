using System.CommandLine;
using System.Text.Json;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults;
using Harness.Chaos.Hunting;
using Harness.Checks;
using Harness.Cli.Running;
using Harness.Cli.Schemas;
using Harness.Records;
using Harness.Scenarios;

namespace Harness.Cli.Commands;

/// <summary><c>harness list</c>: every name that the other commands and experiment files take.</summary>
internal static class ListCommand
{
    private const string Experiments = "experiment";

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON (format version 1)." };
        var schema = new Option<string?>("--schema")
        {
            Description = $"Print the JSON Schema of experiment files, for editors; or of what --json prints: {string.Join(", ", JsonOutput.All.Select(one => one.Name))}.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new HelpedCommand(
            "list",
            "Shows the experiments that ship, and the scenarios, faults, checks, bugs, edges and environments that experiments can name.",
            "harness list",
            "harness list --json",
            "harness list --schema > experiment.schema.json",
            "harness list --schema run")
        {
            json,
            schema,
        };
        command.SetAction(parsed => parsed.GetResult(schema) is not null ? PrintSchema(parsed.GetValue(schema) ?? Experiments) : Print(parsed.GetValue(json), Console.Out));
        return command;
    }

    private static int PrintSchema(string name)
    {
        string? schema = name == Experiments ? ExperimentSchema.Render(Preflight.Vocabulary) : JsonOutput.Find(name) is { } output ? OutputSchema.Render(output) : null;
        if (schema is null)
        {
            Console.Error.WriteLine($"harness: --schema: '{name}' has none; {NearestName.Hint(name, [Experiments, .. JsonOutput.All.Select(one => one.Name)])}");
            return ExitCode.BadInput;
        }

        Console.Out.Write(schema);
        return ExitCode.Passed;
    }

    private static int Print(bool json, TextWriter output)
    {
        (string Title, IReadOnlyList<ListItem> Items)[] sections =
        [
            ("experiments", [.. ExperimentFiles.Shipped.Select(name => new ListItem(name, HypothesisOf(name)))]),
            .. ExperimentFiles.Suites.Select(suite => (suite, (IReadOnlyList<ListItem>)[.. ExperimentFiles.In(suite).Select(name => new ListItem(name, HypothesisOf(name)))])),
            ("scenarios", [.. OrderScenarios.All.Select(scenario => new ListItem(scenario.Name, scenario.Summary))]),
            ("faults", [.. FaultKinds.All.Select(kind => new ListItem(kind.Name, kind.Summary))]),
            ("checks", [.. Judge.All.Select(check => new ListItem(check.Name, check.Question))]),
            ("bugs", [.. PlantedBugs.All.Select(bug => new ListItem(bug.Name, bug.Mistake))]),
            ("environments", [.. EnvironmentKinds.All.Select(kind => new ListItem(kind.Name, kind.Summary))]),
            ("schemas", [new ListItem(Experiments, "experiment files"), .. JsonOutput.All.Select(output => new ListItem(output.Name, $"--json of: {output.PrintedBy}"))]),
            ("edges", [.. EnvironmentKinds.All.SelectMany(kind => kind.Edges.Select(edge => new ListItem(edge.ToString(), $"--env {kind.Name}")))]),
        ];
        if (json)
        {
            var names = sections.ToDictionary(section => section.Title, section => section.Items);
            output.WriteLine(JsonSerializer.Serialize(new ListView(1, names), RecordJson.Document));
            return ExitCode.Passed;
        }

        foreach ((string title, IReadOnlyList<ListItem> items) in sections)
        {
            output.WriteLine(title);
            foreach (ListItem item in items)
                output.WriteLine($"  {item.Name,-34} {item.Summary}");
            output.WriteLine();
        }

        return ExitCode.Passed;
    }

    /// <summary>Read for an environment that has all kinds of stores: what another one lacks is no matter here.</summary>
    private static string HypothesisOf(string name) =>
        Preflight.Reader(EnvironmentKinds.Find("local")!).ReadFile(ExperimentFiles.PathOf(name)).Experiment?.Hypothesis?.Trim() ?? "";
}

/// <summary>What <c>--json</c> prints.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Names">By what they name: <c>experiments</c>, <c>scenarios</c>, <c>faults</c>, <c>checks</c> and so on.</param>
internal sealed record ListView(int FormatVersion, IReadOnlyDictionary<string, IReadOnlyList<ListItem>> Names);

/// <summary>A name.</summary>
/// <param name="Name">As commands and experiment files take it.</param>
/// <param name="Summary">One line.</param>
internal sealed record ListItem(string Name, string Summary);
