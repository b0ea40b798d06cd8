using Harness.Cli.Tests.Schemas;
using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>A short experiment on the real system; every assertion is on what the run left on disk.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task Leaves_a_record_that_tells_the_whole_story_and_holds()
    {
        using var workspace = new Workspace();
        string file = workspace.Write("short.yaml", Workspace.Short);

        (int exitCode, string output, string errors) = await HarnessProcess.RunAsync("run", file, "--seed", "7", "--out", workspace.Runs);

        RunRecord record = workspace.Record();
        Held.Assert(exitCode, record, output + errors);
        Assert.Equal([Phase.Warmup, Phase.Baseline, Phase.Fault, Phase.Recovery, Phase.Settle], record.Phases.Select(window => window.Phase));
        AssertFaultsBitAndHealed(record);
        AssertEveryArrivalIsAccountedFor(record);
        AssertOrdersAreSettled(record);
        Assert.All(["report.html", "junit.xml", "summary.md", "latency.hlog", "history.bin"], name => Assert.True(new FileInfo(Path.Combine(record.Folder, name)).Length > 0, name));
        Assert.All(["orders", "payments", "inventory", "redis"], name => Assert.True(File.Exists(Path.Combine(record.Folder, "logs", name + ".log")), name));
    }

    [Fact]
    public async Task Plans_the_same_arrivals_and_faults_for_the_same_seed()
    {
        using var first = new Workspace();
        using var second = new Workspace();
        string yaml = Workspace.Short.Replace("baseline: 2s, fault: 4s, recovery: 4s", "baseline: 1s, fault: 3s, recovery: 0s", StringComparison.Ordinal).Replace("for: 3s", "for: 2s", StringComparison.Ordinal);

        foreach (Workspace workspace in new[] { first, second })
            await HarnessProcess.RunAsync("run", workspace.Write("short.yaml", yaml), "--seed", "11", "--out", workspace.Runs);

        (RunRecord one, RunRecord other) = (first.Record(), second.Record());
        Assert.NotEmpty(PlacedKeys(one));
        Assert.Equal(PlacedKeys(one), PlacedKeys(other));
        Assert.Equal(DueByPhase(one), DueByPhase(other));
        Assert.Equal(Plan(one), Plan(other));

        (_, string output, string errors) = await HarnessProcess.RunAsync("report", one.Folder, other.Folder, "--compare", "--json", "--out", Path.Combine(first.Folder, "compare.html"));
        Assert.True(output.Length > 0, errors);
        await Schemas.AssertValidAsync("compare", output);
    }

    [Fact]
    public async Task Fails_with_a_witness_when_the_system_has_a_known_defect()
    {
        using var workspace = new Workspace();
        string file = workspace.Write("buggy.yaml", Buggy("refund-forgotten"));

        (int exitCode, string output, _) = await HarnessProcess.RunAsync("run", file, "--seed", "3", "--out", workspace.Runs);

        Assert.True(exitCode == 1, output);
        CheckResult failed = workspace.Record().Verdict!.Results.First(result => result is { Kind: ResultKind.Check, Verdict: Verdict.Fail });
        Assert.NotEmpty(failed.Witness!.Facts);
    }

    private static void AssertFaultsBitAndHealed(RunRecord record)
    {
        Assert.Equal(["cut", "slow"], record.Faults.Select(window => window.Name).Order());
        Assert.All(record.Faults, window =>
        {
            Assert.NotNull(window.End);
            Assert.True(window.Evidence!["bytes"] > 0, window.Name);
        });
    }

    private static void AssertEveryArrivalIsAccountedFor(RunRecord record)
    {
        foreach (var group in record.Series.SelectMany(sample => sample.Scenarios).Where(sample => sample.Step is null).GroupBy(sample => (sample.Scenario, sample.Phase)))
        {
            long accounted = group.Sum(sample => sample.Ok + sample.Refused + sample.Unknown + sample.Dropped) + group.Last().Open;
            Assert.True(group.Sum(sample => sample.Due) == accounted, group.Key.ToString());
        }

        long browsed = record.Series.SelectMany(sample => sample.Scenarios).Where(sample => sample is { Scenario: "browse", Step: null }).Sum(sample => sample.Due);
        // 50 a second for 10 s, and a second before that in which they climb to it from a tenth.
        Assert.InRange(browsed, 522, 533);
    }

    private static void AssertOrdersAreSettled(RunRecord record)
    {
        Operation[] placed = [.. record.History.Where(operation => operation is { Kind: "place-order", Outcome: Outcome.Ok })];
        Assert.InRange(placed.Length, 80, 260);
        Assert.All(record.Audit!.Orders!.Orders, order => Assert.Contains(order.Status, new[] { "CONFIRMED", "CANCELLED" }));
        Assert.Superset(placed.Select(operation => operation.Key).ToHashSet(), record.Audit.Orders.Orders.Select(order => order.IdempotencyKey).ToHashSet());
    }

    private static string Buggy(string bug) =>
        $$"""
        name: buggy
        target: { bug: {{bug}}, stock: 3 }
        load:
          - { scenario: checkout, arrivals: { rate: 30/s } }
        timeline: { warmup: 0s, baseline: 6s, fault: 0s, recovery: 0s, settle: 5s }
        expect:
          - checks: [money-conserved, effects-exactly-once, no-oversell]
        """;

    private static IEnumerable<string> PlacedKeys(RunRecord record) =>
        record.History.Where(operation => operation.Kind == "place-order").Select(operation => operation.Key).Distinct().Order();

    private static IEnumerable<(string, Phase, long)> DueByPhase(RunRecord record) =>
        record.Series.SelectMany(sample => sample.Scenarios).Where(sample => sample.Step is null)
            .GroupBy(sample => (sample.Scenario, sample.Phase))
            .Select(group => (group.Key.Scenario, group.Key.Phase, group.Sum(sample => sample.Due)))
            .Order();

    private static IEnumerable<string> Plan(RunRecord record) =>
        record.Description.Faults.Select(fault => $"{fault.Name} {fault.Kind} {string.Join(',', fault.Edges)} {fault.At} {fault.For}");
}
