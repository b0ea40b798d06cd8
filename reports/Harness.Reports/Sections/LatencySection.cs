using Harness.Reports.Charts;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>How long it took, phase by phase.</summary>
internal static class LatencySection
{
    public static Section Of(RunFacts facts)
    {
        IReadOnlyList<LatencyRow> rows = LatencyRow.Of(facts);
        var charts = QuantileCharts.Of(facts).ToList();
        Html body = rows.Count == 0 ? Html.Of($"<p>No latency was recorded.</p>") : Html.Of($"""
            <p>An iteration counts from the moment it was due, whether or not the generator could start it then; a step from its own start. Everything that ended is in here, whatever its outcome.</p>
            {TableOf(rows)}
            <p class="note">A dash stands where fewer than one measurement lies above the quantile: there it would only repeat the maximum.</p>
            <div class="multiples">{ChartFigure.All(charts)}</div>
            """);
        return new Section("latency", "Latency by phase", body) { Charts = charts, Link = "Latency" };
    }

    private static Html TableOf(IReadOnlyList<LatencyRow> rows)
    {
        Table table = new Table("Latency by the phase in which the arrivals were due")
            .Text("Phase").Number("Count").Number("p50").Number("p90").Number("p99").Number("p99.9").Number("max");
        foreach (var measure in rows.GroupBy(r => (r.Scenario, r.Step)))
            table.Group(measure.Key.Step is null ? measure.Key.Scenario : $"{measure.Key.Scenario} › {measure.Key.Step}", measure.Select(Row));
        return table.ToHtml();
    }

    private static Html[] Row(LatencyRow row) =>
    [
        Html.Of($"{Written.Word(row.Phase)}"),
        Html.Of($"{Written.Count(row.Latency.Count)}"),
        Html.Of($"{Written.Duration(row.Latency.P50)}"),
        Html.Of($"{Written.Duration(row.Latency.P90)}"),
        Html.Of($"{Written.Duration(row.Latency.P99)}"),
        Html.Of($"{Written.Duration(row.Latency.P999)}"),
        Html.Of($"{Written.Duration(row.Latency.Max)}"),
    ];
}
