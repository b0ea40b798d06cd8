using Harness.Cli.Tests.Schemas;
using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>One naive configuration end to end: it fails, for the reason that its file gives, and that is a pass.</summary>
public sealed class FallacyTests
{
    [Fact]
    public async Task The_naive_configuration_fails_as_predicted_and_the_run_passes_by_it()
    {
        using var workspace = new Workspace();
        string file = workspace.Write("naive.yaml", """
            name: naive
            hypothesis: Whoever reads gives up on a far cache in time and asks the database instead.
            target: { resilience: "on" }
            naive:
              target: { resilience: "off" }
              fails: [latency]
              because: A cache that is slower than what it saves from is no cache.
            load:
              - { scenario: browse, arrivals: { rate: 20/s } }
            timeline: { warmup: 1s, baseline: 1s, fault: 3s, recovery: 0s, settle: 20s }
            faults:
              - latency: { name: far-cache, edges: ["inventory -> redis"], delay: 300ms, at: 0s, for: 3s }
            expect:
              - latency: { scenario: browse, phase: fault, p50: { max: 300ms } }
              - checks: []
            """);

        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync("run", file, "--matrix", "configuration=naive", "--seed", "3", "--json", "--out", workspace.Runs);

        RunRecord record = workspace.Record();
        Assert.Equal("off", record.Description.Target["resilience"]);
        Assert.Equal("naive", record.Description.Variant["configuration"]);
        Held.Assert(exitCode, record, output + errors);
        Assert.Contains(record.Events, happened => happened.Kind == EventKind.Traffic && happened.Numbers!["client -> inventory"] > 0);
        CheckResult latency = record.Verdict!.Results.Single(result => result.Name.StartsWith("latency", StringComparison.Ordinal));
        Assert.True(latency.FailedAsPredicted || record.Verdict.Verdict == Verdict.Unknown, output);
        await Schemas.AssertValidAsync("run", output);
        await AssertEveryFormOfTheRecordIsAsDocumentedAsync(record, workspace);
    }

    private static async Task AssertEveryFormOfTheRecordIsAsDocumentedAsync(RunRecord record, Workspace workspace)
    {
        string gate = workspace.Write("gate.yaml", "version: 1\ngate: one\nexact: [{ metric: checks.failed, max: 0 }]\n");
        await Schemas.AssertValidAsync("verdict", await File.ReadAllTextAsync(Path.Combine(record.Folder, "verdict.json"), TestContext.Current.CancellationToken));
        (string Name, string[] Words)[] forms =
        [
            ("report", ["report", record.Folder, "--json"]),
            ("gate", ["gate", gate, record.Folder, "--json"]),
        ];
        foreach ((string name, string[] words) in forms)
            await Schemas.AssertValidAsync(name, (await HarnessProcess.RunAsync(words)).Output);
    }
}
