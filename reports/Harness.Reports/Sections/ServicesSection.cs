using Harness.Reports.Charts;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>What the services themselves saw.</summary>
internal static class ServicesSection
{
    public static Section Of(RunFacts facts)
    {
        IReadOnlyList<Chart> charts = ServiceCharts.Of(facts);
        Html body = charts.Count == 0
            ? Html.Of($"<p>The services published nothing that changed.</p>")
            : Html.Of($"""<div class="multiples">{ChartFigure.All(charts)}</div>""");
        return new Section("services", "Inside the services", body) { Charts = charts, Link = "Services" };
    }
}
