using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>The same experiment on the machine's own redis-server and PostgreSQL.</summary>
public sealed class LocalEnvironmentTests
{
    private const string Cut =
        """
        name: cut-from-postgres
        load:
          - { scenario: checkout, arrivals: { rate: 5/s } }
        timeline: { warmup: 1s, baseline: 1s, fault: 3s, recovery: 3s }
        faults:
          - partition: { name: cut, edges: ["payments -> postgres"], at: 0s, for: 2s }
        expect:
          - settled: { within: 60s }
          - checks: [money-conserved, no-oversell, effects-exactly-once, acknowledged-orders-kept]
        """;

    [Fact]
    public async Task Loses_nothing_while_a_service_is_cut_off_from_its_database_and_leaves_no_server_behind()
    {
        Require(new LocalEnvironment().Missing([typeof(LocalEnvironment).Assembly.Location]));
        using var workspace = new Workspace();
        await using HarnessProcess harness = HarnessProcess.Start("run", workspace.Write("cut.yaml", Cut), "--env", "local", "--seed", "4", "--out", workspace.Runs);
        await workspace.HappenedAsync(EventKind.FaultInjected);
        IReadOnlyList<int> children = harness.Children();
        int exitCode = await harness.ExitAsync();

        RunRecord record = workspace.Record();
        Held.Assert(exitCode, record, harness.Output + harness.Errors);
        Assert.NotEmpty(record.Audit!.Orders!.Orders);
        Assert.True(record.Faults.Single().Evidence!["bytes"] > 0);
        Assert.All(new[] { "redis", "postgres" }, name => Assert.True(File.Exists(Path.Combine(record.Folder, "logs", name + ".log")), name));
        Assert.Equal(5, children.Count);
        Assert.DoesNotContain(children, HarnessProcess.IsAlive);
    }

    private static void Require(IReadOnlyList<string> missing)
    {
        string what = string.Join("; ", missing);
        Assert.False(missing.Count > 0 && Environment.GetEnvironmentVariable("CI") == "true", what);
        Assert.SkipWhen(missing.Count > 0, what);
    }
}
