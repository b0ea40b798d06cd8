using System.Globalization;
using Harness.Toxiproxy.Bench;

namespace Harness.Toxiproxy;

/// <summary>What to compare.</summary>
public sealed record ToxiproxyBenchOptions
{
    /// <value>Another Toxiproxy on this machine to measure beside ours; null for none. Its CPU and memory are told when it runs with <c>-runtime-metrics</c>.</value>
    public Uri? Against { get; init; }

    /// <value>Program and arguments that start our server as a process of its own, <c>["harness", "toxiproxy"]</c>, so that its CPU and memory can be told
    /// apart. Null runs it in this process, and neither is told.</value>
    public IReadOnlyList<string>? ServerCommand { get; init; }

    /// <value>Measures only the rows whose name contains this, in any case; null, the default, measures all.</value>
    public string? Only { get; init; }

    /// <value>How long each number is measured; 2 s by default.</value>
    public TimeSpan MeasureFor { get; init; } = TimeSpan.FromSeconds(2);

    /// <value>How often each number is measured, direct and proxied in turn; the median counts. 3 by default.</value>
    public int Rounds { get; init; } = 3;
}

/// <summary>A line of the table.</summary>
/// <param name="Measure">What was measured, with its unit.</param>
/// <param name="Subject"><c>direct</c>, <c>ours</c> or <c>against</c>.</param>
/// <param name="Value">The median of the rounds; not a number when it cannot be told.</param>
/// <param name="RatioToDirect">Null where there is no direct way, or where it is no divisor.</param>
/// <param name="CpuSeconds">For each <paramref name="CpuPer"/>; null when it cannot be told.</param>
/// <param name="CpuPer">What the CPU time is for.</param>
/// <param name="Goal">What ours promises.</param>
public sealed record ToxiproxyBenchRow(
    string Measure, string Subject, double Value, double? RatioToDirect, double? CpuSeconds, string CpuPer, string Goal);

/// <summary>Measures the server against no proxy and against another one, in turn, in one run.</summary>
public sealed class ToxiproxyBench(ToxiproxyBenchOptions options)
{
    private static readonly BenchMeasure[] Measures =
    [
        new BulkMeasure(null, "bulk, 1 stream, MB/s", "≥ 0.6 × direct, ≤ 0.8 CPU s/GB"),
        new EchoMeasure(),
        new RequestsMeasure(),
        new ConnectMeasure(),
        new IdleMemoryMeasure(),
        new DelayMeasure(TimeSpan.FromMilliseconds(1), 1, "≤ +1 ms, never early"),
        new DelayMeasure(TimeSpan.FromMilliseconds(50), 1, "≤ +1 ms, never early"),
        new DelayMeasure(TimeSpan.FromMilliseconds(50), 200, "≤ +2 ms"),
        new BulkMeasure(new BandwidthToxic { BytesPerSecond = 100_000_000 }, "bandwidth toxic at 100 MB/s, MB/s", "≥ 98"),
    ];

    /// <summary>Measures everything and prints the table, a row as soon as it is known.</summary>
    /// <exception cref="ToxiproxyException">A server does not answer, or no row is called as asked.</exception>
    public async Task<IReadOnlyList<ToxiproxyBenchRow>> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        if (!Measures.Any(IsAsked))
            throw new ToxiproxyException($"No row has '{options.Only}' in its name; there are: {string.Join("; ", Measures.Select(measure => measure.Name))}.");
        await using BenchServer ours = await BenchServer.StartAsync(options.ServerCommand, cancellationToken);
        List<BenchSubject> subjects = [new("direct", null, null), new("ours", ours.Url, ours.ProcessId)];
        if (options.Against is { } against)
            subjects.Add(new BenchSubject("against", against, null));
        var rows = new List<ToxiproxyBenchRow>();
        await output.WriteLineAsync("| what | subject | value | × direct | CPU | goal |\n|---|---|---|---|---|---|");
        foreach (BenchMeasure measure in Measures.Where(IsAsked))
        {
            foreach (ToxiproxyBenchRow row in await MeasureAsync(measure, subjects, cancellationToken))
            {
                rows.Add(row);
                await output.WriteLineAsync(Line(row));
            }
        }
        subjects.ForEach(s => s.Dispose());
        return rows;
    }

    private bool IsAsked(BenchMeasure measure) => options.Only is not { } only || measure.Name.Contains(only, StringComparison.OrdinalIgnoreCase);

    private async Task<List<ToxiproxyBenchRow>> MeasureAsync(BenchMeasure measure, List<BenchSubject> subjects, CancellationToken cancellationToken)
    {
        List<BenchSubject> able = [.. subjects.Where(s => measure.HasDirect || !s.IsDirect)];
        var samples = able.ToDictionary(s => s, _ => new List<BenchSample>());
        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (BenchSubject subject in able)
                samples[subject].Add(await SampleAsync(measure, subject, cancellationToken));
        }
        double? direct = samples.Where(s => s.Key.IsDirect).Select(s => (double?)Median(s.Value.Select(v => v.Number.Value))).FirstOrDefault();
        return [.. able.Select(s => Row(measure, s, samples[s], s.IsDirect || !measure.IsRatioOfDirect ? null : direct))];
    }

    private async Task<BenchSample> SampleAsync(BenchMeasure measure, BenchSubject subject, CancellationToken cancellationToken)
    {
        TimeSpan? before = await subject.CpuAsync(cancellationToken);
        BenchNumber number = await measure.MeasureAsync(subject, options.MeasureFor, cancellationToken);
        TimeSpan? after = await subject.CpuAsync(cancellationToken);
        return new BenchSample(number, number.Work > 0 ? (after - before)?.TotalSeconds / number.Work : null);
    }

    private static ToxiproxyBenchRow Row(BenchMeasure measure, BenchSubject subject, List<BenchSample> samples, double? direct)
    {
        double value = Median(samples.Select(s => s.Number.Value));
        double? cpu = samples.TrueForAll(s => s.CpuPerWork is not null) ? Median(samples.Select(s => s.CpuPerWork!.Value)) : null;
        return new ToxiproxyBenchRow(measure.Name, subject.Name, value, value / direct, cpu, samples[0].Number.WorkUnit, measure.Goal);
    }

    private static double Median(IEnumerable<double> values)
    {
        List<double> sorted = [.. values.Order()];
        return sorted[sorted.Count / 2];
    }

    private static string Line(ToxiproxyBenchRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {row.Measure} | {row.Subject} | {(double.IsNaN(row.Value) ? "–" : $"{row.Value:0.##}")} | {(row.RatioToDirect is { } ratio ? $"{ratio:0.00}" : "–")} | {(row.CpuSeconds is { } cpu ? $"{cpu:0.###} s/{row.CpuPer}" : "–")} | {(row.Subject == "ours" ? row.Goal : "")} |");

    private sealed record BenchSample(BenchNumber Number, double? CpuPerWork);
}
