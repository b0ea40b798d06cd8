using System.Globalization;

namespace Harness.Load.Bench;

/// <summary>Something about the engine that no other client is measured for.</summary>
internal abstract class EngineMeasure
{
    /// <summary>Memory first, before others leave theirs behind.</summary>
    public static IReadOnlyList<EngineMeasure> All { get; } =
        [new MemoryMeasure(), new NoOpMeasure(), new OneCoreMeasure(), new LatenessMeasure(busy: false), new LatenessMeasure(busy: true)];

    public abstract Task<IReadOnlyList<BenchLine>> MeasureAsync(BenchOrigin origin, TimeSpan length, CancellationToken cancellationToken);

    protected static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    protected static async Task<(LoadResult Result, TimeSpan Cpu)> RunAsync(LoadRun run, CancellationToken cancellationToken)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        LoadResult result = await run.RunAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return (result, Environment.CpuUsage.TotalTime - before);
    }
}

/// <summary>What one measurement of the engine found.</summary>
/// <param name="What">Was measured.</param>
/// <param name="Value">With its unit, for people.</param>
/// <param name="Goal">What is promised; empty when nothing is.</param>
public sealed record BenchLine(string What, string Value, string Goal);
