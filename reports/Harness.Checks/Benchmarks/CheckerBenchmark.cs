using System.Diagnostics;
using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Checks.Benchmarks;

/// <summary>A line of the table.</summary>
/// <param name="Name">Which history.</param>
/// <param name="Operations">How long it is.</param>
/// <param name="Verdict">What the checker said.</param>
/// <param name="Elapsed">How long it took; the first run is not counted.</param>
/// <param name="MemoryBytes">How far the managed heap grew at most while it ran, as far as sampling saw.</param>
public sealed record CheckerMeasurement(string Name, int Operations, Verdict Verdict, TimeSpan Elapsed, long MemoryBytes);

/// <summary>Measures the checkers on generated histories that are hard for them.</summary>
public static class CheckerBenchmark
{
    private const int Seed = 1;

    /// <summary>One measurement after the other, each on one core.</summary>
    public static IEnumerable<CheckerMeasurement> Run(CancellationToken cancellationToken)
    {
        foreach ((string name, IReadOnlyList<Operation> history) in Histories())
            yield return Measure(name, history, cancellationToken);
        yield return MeasureRun("all session, cache and saga checks of a run", 1_000_000);
    }

    /// <summary>Every check there is, one after the other, of a record that is already in memory; this one is measured without a first
    /// run, because a run is judged once.</summary>
    internal static CheckerMeasurement MeasureRun(string name, int operations)
    {
        string runs = Directory.CreateTempSubdirectory("harness-bench-").FullName;
        try
        {
            RunRecord record = GeneratedRun.Open(runs, operations);
            ICheck[] checks = [.. Judge.All];
            long before = GC.GetTotalMemory(forceFullCollection: true);
            using var memory = new MemoryWatch(before);
            long started = Stopwatch.GetTimestamp();
            CheckResult[] results = [.. checks.Select(check => check.Judge(record))];
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            bool wrong = Array.Exists(results, result => result.Verdict == Verdict.Fail);
            return new CheckerMeasurement(name, record.History.Count, wrong ? Verdict.Fail : Verdict.Pass, elapsed, memory.Highest);
        }
        finally
        {
            Directory.Delete(runs, recursive: true);
        }
    }

    private static IEnumerable<(string Name, IReadOnlyList<Operation> History)> Histories()
    {
        yield return ("1 000 operations, 16 clients", Register(1_000, 16));
        yield return ("10 000 operations, 16 clients", Register(10_000, 16));
        yield return ("20 000 operations, 16 clients", Register(20_000, 16));
        yield return ("50 000 operations, 16 clients", Register(50_000, 16));
        yield return ("50 000 operations, 4 clients", Register(50_000, 4));
        yield return ("50 000 operations, 4 clients, the last read wrong", Spoilt(Register(50_000, 4)));
        yield return ("50 000 operations, 16 clients, the last read wrong", Spoilt(Register(50_000, 16)));
        yield return ("10 000 operations, 16 clients, 1 % crashed", Register(10_000, 16, crashRatio: 0.01));
        yield return ("1 000 000 operations of unique values, 16 clients (zones)", GeneratedHistory.Register(new GeneratedHistoryOptions
        {
            Operations = 1_000_000, Clients = 16, Seed = Seed, Values = null, CasRatio = 0,
        }));
        yield return ("18 crashed writes and one impossible read", Blowup(18));
    }

    private static IReadOnlyList<Operation> Register(int operations, int clients, double crashRatio = 0) => GeneratedHistory.Register(
        new GeneratedHistoryOptions { Operations = operations, Clients = clients, Seed = Seed, CrashRatio = crashRatio });

    private static Operation[] Spoilt(IReadOnlyList<Operation> history)
    {
        Operation[] spoilt = [.. history];
        int last = Array.FindLastIndex(spoilt, o => o is { Kind: "read", Outcome: Outcome.Ok });
        spoilt[last] = spoilt[last] with { Value = "never-written" };
        return spoilt;
    }

    private static Operation[] Blowup(int writes) =>
    [
        .. Enumerable.Range(0, writes).Select(i => new Operation(i, "write", "r", $"{i}", TimeSpan.FromTicks(i), null, Outcome.Unknown)),
        // Without it all values would be unique and no search needed.
        new Operation(writes, "cas", "r", CasValue.Of("never-written", "0"), TimeSpan.FromTicks(100), TimeSpan.FromTicks(101), Outcome.Refused),
        new Operation(writes + 1, "read", "r", "never-written", TimeSpan.FromTicks(1000), TimeSpan.FromTicks(1001), Outcome.Ok),
    ];

    private static CheckerMeasurement Measure(string name, IReadOnlyList<Operation> history, CancellationToken cancellationToken)
    {
        var limits = new SearchLimits { Parallelism = 1 };
        LinearizabilityChecker.Check(history, SequentialObject.Register, limits, cancellationToken);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using var memory = new MemoryWatch(before);
        long started = Stopwatch.GetTimestamp();
        LinearizabilityResult result = LinearizabilityChecker.Check(history, SequentialObject.Register, limits, cancellationToken);
        return new CheckerMeasurement(name, history.Count, result.Verdict, Stopwatch.GetElapsedTime(started), memory.Highest);
    }

    /// <summary>Looks at the heap every few milliseconds from a thread of its own.</summary>
    private sealed class MemoryWatch : IDisposable
    {
        private readonly Timer _timer;
        private readonly long _before;
        private long _highest;

        public MemoryWatch(long before)
        {
            _before = before;
            _timer = new Timer(_ => Look(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(2));
        }

        public long Highest
        {
            get
            {
                Look();
                return Interlocked.Read(ref _highest);
            }
        }

        public void Dispose() => _timer.Dispose();

        private void Look()
        {
            long grown = GC.GetTotalMemory(forceFullCollection: false) - _before;
            if (grown > Interlocked.Read(ref _highest))
                Interlocked.Exchange(ref _highest, grown);
        }
    }
}
