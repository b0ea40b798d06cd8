using Harness.Records;
using Harness.Reports.Figures;
using HdrHistogram;

namespace Harness.Reports.Charts;

/// <summary>The whole distribution of each scenario, the phases beside each other.</summary>
internal static class QuantileCharts
{
    private static readonly Phase[] Compared = [Phase.Baseline, Phase.Fault, Phase.Recovery];
    private static readonly LineStyle[] Styles = [LineStyle.Dashed, LineStyle.Solid, LineStyle.Dotted];

    // As 1 / (1 - q): eight steps for each nine, up to one in a million.
    private static readonly double[] Places = [.. Enumerable.Range(0, 49).Select(step => Math.Round(Math.Pow(10, step / 8.0), 4))];

    public static IEnumerable<Chart> Of(RunFacts facts) =>
        facts.Scenarios.Select((scenario, i) => Of(facts, scenario, i + 1)).OfType<Chart>();

    private static Chart? Of(RunFacts facts, string scenario, int number)
    {
        var lines = Compared
            .Select((phase, i) => Line(facts, new LatencyTag(phase, scenario, LatencyTag.Response), i))
            .OfType<ChartLine>()
            .ToList();
        int shown = lines.Select(l => l.Values.Count(v => v is not null)).DefaultIfEmpty().Max();
        return shown == 0 ? null : new Chart
        {
            Id = $"quantiles-{number}",
            Title = $"Distribution of {scenario}",
            Caption = "Latency at each quantile, by the phase in which the arrivals were due. Each line ends where only the slowest iteration is left.",
            Axis = ChartAxis.Quantile,
            Unit = ChartUnit.Milliseconds,
            Log = true,
            At = Places[..shown],
            Lines = [.. lines.Select(line => line with { Values = [.. line.Values.Take(shown)] })],
        };
    }

    private static ChartLine? Line(RunFacts facts, LatencyTag tag, int index)
    {
        HistogramBase whole = RunRecordLatency.Merge(facts.Latency.Where(l => l.Tag == tag));
        return whole.TotalCount == 0
            ? null
            : new ChartLine(Written.Word(tag.Phase), index + 1, Styles[index], [.. Places.Select(place => At(whole, place))]);
    }

    private static double? At(HistogramBase microseconds, double place)
    {
        // Beyond one value in its number there is nothing more to tell.
        if (place > microseconds.TotalCount)
            return null;
        decimal quantile = Math.Max(1 - (1 / (decimal)place), 1e-6m);
        return Math.Max(1, microseconds.AtQuantile(quantile)) / 1000.0;
    }
}
