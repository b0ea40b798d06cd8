using Harness.Reports.Charts;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>The place of a chart on the page: its title, what it means, and in words what can be seen.</summary>
internal static class ChartFigure
{
    public static Html Of(Chart chart) => Html.Of($"""
        <figure class="chart" id="chart-{chart.Id}">
        <figcaption><h3>{chart.Title}</h3><p>{chart.Caption}</p></figcaption>
        <div class="legend" role="group" aria-label="Lines of {chart.Title}"></div>
        <div class="plot" role="img" aria-label="{InWords(chart)}"></div>
        </figure>

        """);

    public static Html All(IEnumerable<Chart> charts) => Html.Join(charts.Select(Of));

    /// <summary>What the eye would take from each line: where it starts from and how far it goes.</summary>
    private static string InWords(Chart chart) =>
        $"{chart.Title}, by {(chart.Axis == ChartAxis.Time ? "seconds since the start of the run" : "quantile")}. {string.Join(" ", chart.Lines.Select(line => InWords(chart, line)))}";

    private static string InWords(Chart chart, ChartLine line)
    {
        var known = chart.At.Zip(line.Values).Where(v => v.Second is not null).Select(v => (At: v.First, Value: v.Second!.Value)).ToList();
        if (known.Count == 0)
            return $"{line.Name}: nothing measured.";

        var lowest = known.MinBy(v => v.Value);
        var highest = known.MaxBy(v => v.Value);
        return $"{line.Name}: lowest {Reading(chart.Unit, lowest.Value)} at {Place(chart.Axis, lowest.At)}, "
            + $"highest {Reading(chart.Unit, highest.Value)} at {Place(chart.Axis, highest.At)}.";
    }

    private static string Place(ChartAxis axis, double at) => axis == ChartAxis.Time
        ? Written.Moment(TimeSpan.FromSeconds(at))
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100 - (100 / at):0.####} %");

    private static string Reading(ChartUnit unit, double value) => unit switch
    {
        ChartUnit.Milliseconds => Written.Duration(TimeSpan.FromMilliseconds(value)),
        ChartUnit.Ratio => Written.PerCent(value),
        ChartUnit.Bytes => Written.Bytes(value),
        ChartUnit.PerSecond => $"{Written.Number(value)} a second",
        _ => Written.Number(value),
    };
}
