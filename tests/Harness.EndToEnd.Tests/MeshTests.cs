using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>An experiment on the order system with its policies in sidecars.</summary>
public sealed class MeshTests
{
    private const string Cut =
        """
        name: cut-between-sidecars
        target: { resilience: mesh }
        load:
          - { scenario: checkout, arrivals: { rate: 15/s } }
        timeline: { warmup: 1s, baseline: 1s, fault: 3s, recovery: 2s }
        faults:
          - partition: { name: cut, edges: ["orders -> inventory"], at: 0s, for: 2s }
        expect:
          - settled: { within: 60s }
          - checks: [money-conserved, no-oversell, effects-exactly-once, acknowledged-orders-kept]
        """;

    [Fact]
    public async Task Cuts_the_wire_between_sidecars_and_sees_their_breaker_in_the_record()
    {
        using var workspace = new Workspace();
        await using HarnessProcess harness = HarnessProcess.Start("run", workspace.Write("cut.yaml", Cut), "--seed", "6", "--out", workspace.Runs);
        await workspace.HappenedAsync(EventKind.FaultInjected);
        IReadOnlyList<int> children = harness.Children();
        int exitCode = await harness.ExitAsync();

        RunRecord record = workspace.Record();
        Held.Assert(exitCode, record, harness.Output + harness.Errors);
        Assert.Contains(record.Audit!.Orders!.Orders, order => order.Status == "CONFIRMED");
        Assert.True(record.Faults.Single().Evidence!["bytes"] > 0);
        Assert.Equal(7, children.Count);
        Assert.DoesNotContain(children, HarnessProcess.IsAlive);
        Assert.All(["orders-sidecar", "payments-sidecar", "inventory-sidecar"], name => Assert.True(File.Exists(Path.Combine(record.Folder, "logs", name + ".log")), name));
        Assert.True(Last(record, "orders-sidecar", "breaker_transitions_total{edge=\"orders -> inventory\",to=\"open\"}") > 0);
        Assert.True(Last(record, "inventory-sidecar", "sidecar_peers_total{outcome=\"let-in\"}") > 0);
    }

    private static double Last(RunRecord record, string service, string metric) =>
        record.Series.Last(sample => sample.Services.ContainsKey(service)).Services[service].Metrics[metric];
}
