using System.Text.Json;
using System.Text.Json.Nodes;
using Harness.Chaos.Benchmarks;
using Harness.Chaos.Benchmarks.Healing;
using Harness.Chaos.Conducting;
using Harness.Checks.Benchmarks;
using Harness.Cli.Benching;
using Harness.Cli.Hunting;
using Harness.Cli.Running;
using Harness.Cli.Schemas;
using Harness.Load;
using Harness.Load.Bench;
using Harness.Records;
using Harness.Toxiproxy;

namespace Harness.Cli.Tests.Schemas;

/// <summary>What <c>--json</c> prints is documented, and the documents are true.</summary>
public sealed class OutputSchemaTests
{
    public static TheoryData<string> Names => [.. JsonOutput.All.Select(output => output.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_schema_that_ships_is_the_one_that_the_code_makes(string name) => Assert.True(
        File.ReadAllText(Path.Combine(Schemas.Folder, $"{name}.schema.json")) == OutputSchema.Render(JsonOutput.Find(name)!),
        $"It is out of date: ./harness list --schema {name} > cli/schemas/{name}.schema.json. Has a name gone, or changed its meaning? Then the version must change too.");

    [Fact]
    public void No_schema_ships_that_nothing_is_printed_by() => Assert.Equal(
        JsonOutput.All.Select(output => $"{output.Name}.schema.json").Order(), Directory.EnumerateFiles(Schemas.Folder, "*.json").Select(Path.GetFileName).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_name_is_explained(string name)
    {
        JsonObject schema = JsonNode.Parse(OutputSchema.Render(JsonOutput.Find(name)!))!.AsObject();
        IEnumerable<KeyValuePair<string, JsonNode?>> parts = (schema["$defs"]?.AsObject() ?? []).Append(new(name, schema));

        string[] unexplained = [.. parts.SelectMany(part => (part.Value!["properties"]?.AsObject() ?? [])
            .Where(property => property.Value?["description"] is null).Select(property => $"{part.Key}.{property.Key}"))];
        Assert.True(unexplained.Length == 0, string.Join(", ", unexplained));
    }

    [Fact]
    public async Task A_run_that_is_printed_is_valid_and_one_without_its_verdict_is_not()
    {
        var verdict = new RunVerdict { Verdict = Verdict.Fail, Sentence = "Failed: money is gone.", Results = [Samples.Failed] };
        string printed = RunsView.Render([new RunResult(new RunOutcome(RunStatus.Completed, "runs/x", null), verdict, Samples.Description)]);

        await Schemas.AssertValidAsync("run", printed);

        JsonNode without = JsonNode.Parse(printed)!;
        without["runs"]![0]!.AsObject().Remove("verdict");
        Assert.Contains("verdict", string.Join(' ', await Schemas.ProblemsAsync("run", without.ToJsonString())), StringComparison.Ordinal);
        Assert.NotEmpty(await Schemas.ProblemsAsync("run", printed.Replace("\"fail\"", "\"lost\"", StringComparison.Ordinal)));
    }

    [Fact]
    public Task The_list_of_bugs_is_valid() => Schemas.AssertValidAsync("bugs", BugsView.Render());

    [Fact]
    public async Task What_is_measured_is_printed_as_documented()
    {
        await AssertValidAsync("bench-toxiproxy", new ToxiproxyBenchView(1, [new ToxiproxyBenchRow("echo", "ours", double.NaN, null, 0.1, "GB", "")]));
        await AssertValidAsync("bench-checks", new CheckerBenchView(1, [new CheckerMeasurement("register", 10, Verdict.Pass, TimeSpan.FromSeconds(1), 7)]));
        await AssertValidAsync("bench-load", new LoadBenchView(1, new LoadBenchResult("nginx", [new BenchLine("no-op", "0.2 µs", "")], [new ClientCost("raw lane", 1, 1, 1, 1, null, 0, "")])));
        await AssertValidAsync("bench-target", new TargetBenchView(1, "local", 2, "0.1", [new TargetBenchRow("start-up", 3, "s", null, false, "")]));
        await AssertValidAsync("bench-heal", new HealBenchView(1, "local", 1, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), [new HealMoment(1, TimeSpan.Zero, false, 5, 1, 9, TimeSpan.FromSeconds(1), [])]));
        await AssertValidAsync("bench-gate", new GateBenchView(1, 10, 60, 1, [new GateBenchRow(1, 0, 0, 0.3, 1, 30)], [new LiveGateRow("the same", 5, 0, 5, 0.001, 30)]));
    }

    private static Task AssertValidAsync<T>(string name, T view) => Schemas.AssertValidAsync(name, JsonSerializer.Serialize(view, RecordJson.Document));
}
