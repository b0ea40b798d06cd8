using System.CommandLine;
using System.Text.Json;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults;
using Harness.Chaos.Hunting;
using Harness.Checks;
using Harness.Cli.Running;
using Harness.Records;
using Harness.Scenarios;

namespace Harness.Cli.Commands;

/// <summary><c>harness list</c>: every name that the other commands and experiment files take.</summary>
internal static class ListCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON (format version 1)." };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON Schema of experiment files, for editors." };
        var command = new HelpedCommand(
            "list",
            "Shows the experiments that ship, and the scenarios, faults, checks, bugs, edges and environments that experiments can name.",
            "harness list",
            "harness list --json",
            "harness list --schema > experiment.schema.json")
        {
            json,
            schema,
        };
        command.SetAction(parsed => parsed.GetValue(schema) ? PrintSchema(Console.Out) : Print(parsed.GetValue(json), Console.Out));
        return command;
    }

    private static int PrintSchema(TextWriter output)
    {
        output.Write(ExperimentSchema.Render(Preflight.Vocabulary));
        return ExitCode.Passed;
    }

    private static int Print(bool json, TextWriter output)
    {
        (string Title, IReadOnlyList<Item> Items)[] sections =
        [
            ("experiments", [.. ExperimentFiles.Shipped.Select(name => new Item(name, HypothesisOf(name)))]),
            .. ExperimentFiles.Suites.Select(suite => (suite, (IReadOnlyList<Item>)[.. ExperimentFiles.In(suite).Select(name => new Item(name, HypothesisOf(name)))])),
            ("scenarios", [.. OrderScenarios.All.Select(scenario => new Item(scenario.Name, scenario.Summary))]),
            ("faults", [.. FaultKinds.All.Select(kind => new Item(kind.Name, kind.Summary))]),
            ("checks", [.. Judge.All.Select(check => new Item(check.Name, check.Question))]),
            ("bugs", [.. PlantedBugs.All.Select(bug => new Item(bug.Name, bug.Mistake))]),
            ("environments", [.. EnvironmentKinds.All.Select(kind => new Item(kind.Name, kind.Summary))]),
            ("edges", [.. EnvironmentKinds.All.SelectMany(kind => kind.Edges.Select(edge => new Item(edge.ToString(), $"--env {kind.Name}")))]),
        ];
        if (json)
        {
            var shape = sections.ToDictionary(section => section.Title, object (section) => section.Items);
            output.WriteLine(JsonSerializer.Serialize(shape.Prepend(new("formatVersion", 1)).ToDictionary(), RecordJson.Document));
            return ExitCode.Passed;
        }

        foreach ((string title, IReadOnlyList<Item> items) in sections)
        {
            output.WriteLine(title);
            foreach (Item item in items)
                output.WriteLine($"  {item.Name,-34} {item.Summary}");
            output.WriteLine();
        }

        return ExitCode.Passed;
    }

    /// <summary>Read for an environment that has all kinds of stores: what another one lacks is no matter here.</summary>
    private static string HypothesisOf(string name) =>
        Preflight.Reader(EnvironmentKinds.Find("local")!).ReadFile(ExperimentFiles.PathOf(name)).Experiment?.Hypothesis?.Trim() ?? "";

    private sealed record Item(string Name, string Summary);
}
