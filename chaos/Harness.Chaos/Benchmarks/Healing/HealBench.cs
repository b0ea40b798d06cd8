using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Harness.Chaos.Benchmarks.Healing;

/// <summary>
/// Kills a run with overlapping faults at random moments, as <c>kill -9</c> does, and looks how long it takes until nothing is left of it: no process, stopped or
/// running, and no port. With the processes go the proxies and every fault that was in them. Linux only, since it reads <c>/proc</c>.
/// </summary>
/// <param name="command">Starts the harness; gets <c>run FILE …</c>.</param>
/// <param name="environment">Where: <c>embedded</c> or <c>local</c>.</param>
/// <param name="moments">How many runs to kill, at least 1.</param>
/// <param name="seed">Fixes the moments.</param>
public sealed class HealBench(IReadOnlyList<string> command, string environment, int moments, int seed)
{
    /// <summary>What DESIGN.md promises: whatever happens, the system is whole again within this.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    // Whatever is there after this stays.
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(15);

    // Start-up takes three to five seconds of it: some runs die while they start, most under faults, a few when they end.
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(300), Last = TimeSpan.FromSeconds(12);

    private const string Overlapping = """
        name: killed
        hypothesis: However the harness ends, the system is whole again within five seconds.
        load:
          - { scenario: checkout, arrivals: { rate: 10/s } }
          - { scenario: browse, arrivals: { rate: 30/s } }
        timeline: { warmup: 0s, baseline: 500ms, fault: 8s, recovery: 500ms, settle: 2s }
        faults:
          - partition: { edges: ["payments -> redis"], at: 0s, for: 5s }
          - latency: { edges: ["client -> inventory"], delay: 50ms, at: 0s, for: 8s }
          - pause: { parts: payments, at: 0s, for: 4s }
          - cpu-pressure: { parts: inventory, share: 40%, at: 1s, for: 6s }
          - kill: { parts: orders, at: 3s, for: 2s }
          - bus-duplicate: { services: inventory, ratio: 50%, at: 0s, for: 8s }
          - service-latency: { services: inventory, delay: 100ms, ratio: 20%, at: 0s, for: 5s }
          - flapping: { edges: ["orders -> inventory"], up: 300ms, down: 300ms, at: 0s, for: 8s }
          - scale: { services: inventory, at: 5s, for: 3s }
          - pause: { parts: redis, at: 5s, for: 2s }
        expect:
          - checks: [money-conserved]
        """;

    /// <summary>One result a moment, as soon as it is known.</summary>
    public async IAsyncEnumerable<HealMoment> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("harness-heal-");
        try
        {
            string file = Path.Combine(folder.FullName, "killed.yaml");
            await File.WriteAllTextAsync(file, Overlapping, cancellationToken);
            var random = new Random(seed);
            for (int moment = 1; moment <= moments; moment++)
                yield return await KillAsync(moment, First + ((Last - First) * random.NextDouble()), file, folder.FullName, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<HealMoment> KillAsync(int moment, TimeSpan at, string file, string folder, CancellationToken cancellationToken)
    {
        string[] words = [.. command.Skip(1), "run", file, "--env", environment, "--seed", moment.ToString(CultureInfo.InvariantCulture), "--out", Path.Combine(folder, "runs")];
        var start = new ProcessStartInfo(command[0], words) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The harness did not start.");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var footprint = new Footprint(process.Id);
        try
        {
            long started = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(started) < at && !process.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
                footprint.Look();
            }

            bool endedItself = process.HasExited;
            int stopped = footprint.Stopped;
            process.Kill();
            long killed = Stopwatch.GetTimestamp();
            while (footprint.IsThere() && Stopwatch.GetElapsedTime(killed) < GiveUp)
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            return new HealMoment(moment, at, endedItself, footprint.Processes, stopped, footprint.Ports.Count, Stopwatch.GetElapsedTime(killed), footprint.Leftovers());
        }
        finally
        {
            // Also when the caller has had enough: what a defect left is not to stay because it was being looked for.
            if (!process.HasExited)
                process.Kill();
            footprint.End();
        }
    }
}

/// <summary>What became of a run that was killed.</summary>
/// <param name="Number">From 1.</param>
/// <param name="At">Since it was started.</param>
/// <param name="EndedItself">It was over before it could be killed.</param>
/// <param name="Processes">Of all its processes seen, itself included.</param>
/// <param name="Stopped">Its processes that a fault held stopped in that moment.</param>
/// <param name="Ports">Ports that it listened on.</param>
/// <param name="Healed">Until nothing was left.</param>
/// <param name="Leftovers">What was still there when nobody waited any longer, each in words; empty when nothing was.</param>
public sealed record HealMoment(int Number, TimeSpan At, bool EndedItself, int Processes, int Stopped, int Ports, TimeSpan Healed, IReadOnlyList<string> Leftovers)
{
    /// <summary>Whole again in time.</summary>
    public bool IsWhole => Leftovers.Count == 0 && Healed <= HealBench.Limit;
}
