using System.Diagnostics;
using System.Runtime.CompilerServices;
using Harness.Chaos.Environments;

namespace Harness.Chaos.Benchmarks;

/// <summary>
/// Measures the order system as an environment runs it, all on this machine: what it settles, how fast, at what cost, and what it does when
/// three times as much is asked. Ratios are of numbers from the same minute, and mean something on any machine; the rest means something on this one.
/// </summary>
/// <remarks>Load goes to the services themselves, past the clients' proxies; what the services ask of each other and of their stores goes
/// through their proxies, as in every run. The load engine and the proxies share the processors with the system, and their part is in no number but the
/// idle one.</remarks>
public sealed class TargetBench(TargetBenchOptions options)
{
    /// <summary>The rows, in the order in which they are measured.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "settled", "saga p99", "cpu per order", "settled at 3x", "refused at 3x", "reads at 3x", "idle", "cached : database reads", "orders through proxies", "start-up",
    ];

    /// <summary>Measures everything that is wanted; each row comes as soon as it is known. Takes about two minutes.</summary>
    /// <exception cref="EnvironmentException">The system did not start or did not stay up.</exception>
    public async IAsyncEnumerable<TargetBenchRow> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var systems = new BenchSystems(options);
        await using (IRunningEnvironment system = await systems.StartAsync("cached", cancellationToken))
        {
            using var probe = new SystemProbe(system);
            using var orders = new OrderMeasures(probe);
            if (options.WantsAnyOf("settled", "saga p99", "cpu per order", "settled at 3x", "refused at 3x", "reads at 3x"))
            {
                yield return await orders.PeakAsync(cancellationToken);
                foreach (TargetBenchRow row in await orders.HalfAsync(cancellationToken))
                    yield return row;
                foreach (TargetBenchRow row in await orders.OverloadAsync(cancellationToken))
                    yield return row;
            }

            if (options.Wants("idle") && ProcessTree.CanTell)
                yield return await orders.IdleAsync(cancellationToken);
        }

        if (options.Wants("cached : database reads"))
            yield return await ReadsAsync(systems, cancellationToken);
        if (options.WantsAnyOf("orders through proxies", "the same, all busy"))
        {
            foreach (TargetBenchRow row in await ProxiesAsync(systems, cancellationToken))
                yield return row;
        }

        if (!options.Wants("start-up"))
            yield break;
        await (await systems.StartAsync("cached", cancellationToken)).DisposeAsync();
        yield return systems.StartUp();
    }

    private static async Task<TargetBenchRow> ReadsAsync(BenchSystems systems, CancellationToken cancellationToken)
    {
        await using IRunningEnvironment cached = await systems.StartAsync("cached", cancellationToken);
        await using IRunningEnvironment strong = await systems.StartAsync("strong", cancellationToken);
        using SystemProbe cachedProbe = new(cached), strongProbe = new(strong);
        return await ReadMeasure.RunAsync(cachedProbe, strongProbe, cancellationToken);
    }

    private static async Task<IReadOnlyList<TargetBenchRow>> ProxiesAsync(BenchSystems systems, CancellationToken cancellationToken)
    {
        await using IRunningEnvironment through = await systems.StartAsync("cached", cancellationToken);
        await using IRunningEnvironment past = await systems.StartAsync("cached", cancellationToken, pastProxies: true);
        using SystemProbe throughProbe = new(through), pastProbe = new(past);
        return await ProxyMeasure.RunAsync(throughProbe, pastProbe, cancellationToken);
    }
}

/// <summary>Starts the systems to be measured, and remembers how long each took.</summary>
internal sealed class BenchSystems(TargetBenchOptions options) : IDisposable
{
    private readonly DirectoryInfo _logs = Directory.CreateTempSubdirectory("harness-bench-");
    private readonly List<double> _startSeconds = [];

    public async Task<IRunningEnvironment> StartAsync(string reads, CancellationToken cancellationToken, bool pastProxies = false)
    {
        long start = Stopwatch.GetTimestamp();
        IRunningEnvironment system = await options.Environment.StartAsync(
            new EnvironmentRequest
            {
                TargetCommand = options.TargetCommand,
                StoreCommand = options.StoreCommand,
                Switches = new Dictionary<string, string> { ["reads"] = reads },
                Seed = 1,
                PastProxies = pastProxies,
                Exited = _ => { }, // A system that is not there answers nothing, which the next measurement says.
                LogFile = name => Path.Combine(_logs.FullName, name + ".log"),
            },
            cancellationToken);
        _startSeconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        return system;
    }

    /// <summary>From nothing to every service ready, stores made and databases filled: the median.</summary>
    public TargetBenchRow StartUp()
    {
        double goal = options.Environment.Name == "embedded" ? 4 : 6;
        double[] sorted = [.. _startSeconds.Order()];
        return new TargetBenchRow("start-up", sorted[sorted.Length / 2], "s", goal, AtLeast: false, $"median of {sorted.Length}, {sorted[0]:0.0} to {sorted[^1]:0.0} s");
    }

    public void Dispose() => _logs.Delete(recursive: true);
}
