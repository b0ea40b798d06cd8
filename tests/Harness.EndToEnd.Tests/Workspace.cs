using Harness.Records;

namespace Harness.EndToEnd.Tests;

/// <summary>A folder of a test's own for experiments and records.</summary>
internal sealed class Workspace : IDisposable
{
    /// <summary>A short experiment; the whole story in a quarter of a minute.</summary>
    public const string Short =
        """
        name: short
        hypothesis: A short cut between payments and the bus loses nothing.
        load:
          - { scenario: checkout, arrivals: { rate: 15/s, shape: poisson } }
          - { scenario: browse, arrivals: { rate: 50/s } }
        timeline: { warmup: 1s, baseline: 2s, fault: 4s, recovery: 4s }
        faults:
          - partition: { name: cut, edges: ["payments -> redis"], at: 0s, for: 3s }
          - latency: { name: slow, edges: ["client -> inventory"], delay: 20ms, at: 1s, for: 3s }
        expect:
          - availability: { scenario: checkout, step: place, phase: fault, min: 0.9 }
          - settled: { within: 30s }
          - checks: [money-conserved, no-oversell, effects-exactly-once, acknowledged-orders-kept]
        """;

    public Workspace() => Directory.CreateDirectory(Runs);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "harness-test-" + Guid.NewGuid().ToString("N"));

    public string Runs => Path.Combine(Folder, "runs");

    public string Write(string name, string yaml)
    {
        string file = Path.Combine(Folder, name);
        File.WriteAllText(file, yaml);
        return file;
    }

    /// <summary>The one record that was made.</summary>
    public RunRecord Record() => RunRecord.Open(Assert.Single(Directory.EnumerateDirectories(Runs)));

    /// <summary>Waits until the run's timeline says that something happened.</summary>
    public async Task HappenedAsync(EventKind kind)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (Directory.EnumerateDirectories(Runs).FirstOrDefault() is not { } folder || !Has(folder, kind))
            await Task.Delay(50, limit.Token);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static bool Has(string folder, EventKind kind) =>
        File.Exists(Path.Combine(folder, "run.json")) && RunRecord.Open(folder).Events.Any(happened => happened.Kind == kind);
}
