using Harness.Records;

namespace Harness.Reports.Tests;

/// <summary>What the made-up run was asked to do.</summary>
internal static class SampleDescription
{
    public static RunDescription Of(IEnumerable<PlannedPhase> timeline) => new()
    {
        Id = "20261122T221005Z-payments-partition",
        Experiment = "payments-partition",
        Hypothesis = "Orders stay available while payments are cut off, and every saga settles within 15 s of healing.",
        Seed = 42,
        Command = "./harness run chaos/experiments/payments-partition.yaml --seed 42",
        Commit = "4f1d2c7b9a0e8f6d5c4b3a29181706f5e4d3c2b1",
        HarnessVersion = "0.1.0",
        RuntimeVersion = ".NET 10.0.1",
        Machine = new MachineDescription("Debian GNU/Linux 12", "x64", 2, 8L << 30),
        Environment = "embedded",
        StartedAt = new DateTimeOffset(2026, 11, 22, 22, 10, 5, TimeSpan.Zero),
        Target = new Dictionary<string, string> { ["coordination"] = "choreography", ["reads"] = "cached", ["resilience"] = "on" },
        Load = [new PlannedLoad("checkout", "poisson", 40), new PlannedLoad("browse", "constant", 200)],
        Timeline = [.. timeline],
        Faults =
        [
            new PlannedFault("partition-1", "partition", ["payments -> redis"], TimeSpan.Zero, TimeSpan.FromSeconds(15),
                new Dictionary<string, string>()),
        ],
        Edges = ["client -> orders", "client -> payments", "client -> inventory", "orders -> inventory", "orders -> redis", "payments -> redis", "inventory -> redis"],
        Source = "name: payments-partition\nfaults:\n  - partition: { edges: [\"payments -> redis\"], at: 0s, for: 15s }\n",
    };
}
