using Harness.Records;
using HdrHistogram;

namespace Harness.Reports.Charts;

/// <summary>Latency over time, from the intervals of the histogram log.</summary>
internal static class LatencyCharts
{
    /// <summary>A chart for each scenario: where the latencies of each second lay, their median, 99th percentile and maximum.</summary>
    public static IEnumerable<Chart> Response(RunFacts facts) =>
        facts.Scenarios.Select((scenario, i) => Response(facts, scenario, i + 1)).Where(chart => !chart.IsEmpty);

    private static Chart Response(RunFacts facts, string scenario, int number)
    {
        var measured = facts.Latency.Where(l => l.Tag.Scenario == scenario && l.Tag.Measure == LatencyTag.Response).ToList();
        return new Chart
        {
            Id = $"latency-{number}",
            Title = $"Latency of {scenario}",
            Caption = "From the moment an arrival was due to the end of its iteration, for those that ended in the second; logarithmic. The darker a field, the more lay there.",
            Unit = ChartUnit.Milliseconds,
            Log = true,
            At = [],
            Lines = [],
            Heat = ChartHeat.Of(measured),
        }.With(Quantiles(measured));
    }

    /// <summary>How late the generator itself was; null when it was not measured.</summary>
    public static Chart? Lateness(RunFacts facts)
    {
        Chart chart = new Chart
        {
            Id = "lateness",
            Title = "Lateness of the generator",
            Caption = "From the moment an arrival was due to the moment its iteration was started; logarithmic. Part of every latency above.",
            Unit = ChartUnit.Milliseconds,
            Log = true,
            At = [],
            Lines = [],
        }.With(Quantiles(facts.Latency.Where(l => l.Tag.Measure == LatencyTag.Lateness)));
        return chart.IsEmpty ? null : chart;
    }

    private static Chart With(this Chart chart, ChartLines lines) => chart with { At = lines.At, Lines = lines.ToLines() };

    private static ChartLines Quantiles(IEnumerable<LatencyInterval> measured)
    {
        var lines = new ChartLines();
        var seconds = measured.GroupBy(l => l.Start + l.Length).OrderBy(g => g.Key);
        foreach (var second in seconds)
        {
            HistogramBase all = RunRecordLatency.Merge(second);
            lines.Add(second.Key, "p50", Milliseconds(all, h => h.AtQuantile(0.5m)), color: 1);
            lines.Add(second.Key, "p99", Milliseconds(all, h => h.AtQuantile(0.99m)), color: 2, LineStyle.Dashed);
            lines.Add(second.Key, "max", Milliseconds(all, h => h.GetMaxValue()), color: 3, LineStyle.Dotted);
        }

        return lines;
    }

    // At least a microsecond: a logarithmic axis has no place for zero.
    private static double? Milliseconds(HistogramBase microseconds, Func<HistogramBase, long> value) =>
        microseconds.TotalCount > 0 ? Math.Max(1, value(microseconds)) / 1000.0 : null;
}
