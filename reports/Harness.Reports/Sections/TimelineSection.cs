using Harness.Records;
using Harness.Reports.Charts;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>What happened, on the run's one time axis.</summary>
internal static class TimelineSection
{
    public static Section Of(RunFacts facts)
    {
        var charts = new[] { LoadCharts.Rate(facts), LoadCharts.Availability(facts) }
            .Concat(LatencyCharts.Response(facts))
            .Append(LoadCharts.Errors(facts))
            .Append(LoadCharts.Open(facts))
            .OfType<Chart>()
            .Where(chart => !chart.IsEmpty)
            .ToList();
        return new Section("timeline", "What happened", Html.Of($"""
            <p>Seconds since the start of the run, {Written.Utc(facts.Description.StartedAt)}. All charts share this axis and zoom together: drag across one, or choose a part of the run. Point at one, or move the slider, to read all of them at that moment.</p>
            <div class="zoom" role="toolbar" aria-label="Zoom of all charts">{Zooms(facts)}<label>Read at <input type="range" id="cursor" min="0" max="1000" value="0"></label></div>
            {TimelineLanes.Of(facts)}
            {ChartFigure.All(charts)}
            {Log(facts.Events)}
            """)) { Charts = charts };
    }

    private static IEnumerable<Html> Zooms(RunFacts facts) => facts.Phases
        .Select((phase, i) => Html.Of($"""<button type="button" data-phase="{i}" aria-pressed="false">{Written.Word(phase.Phase)}</button>"""))
        .Prepend(Html.Of($"""<button type="button" data-phase="all" aria-pressed="true">whole run</button>"""));

    private static Html Log(IReadOnlyList<TimelineEvent> events) => events.Count == 0 ? Html.Empty : Html.Of($"""
        <details><summary>Every event of the run ({events.Count})</summary>
        {new Table("Events, in seconds since the start of the run").Number("At").Text("What").Text("Of").Text("Detail").Text("Numbers")
            .Group(null, events.Select(Row)).ToHtml()}
        </details>
        """);

    private static Html[] Row(TimelineEvent happened) =>
    [
        Html.Of($"{Written.Moment(happened.At)}"),
        Html.Of($"{Written.Word(happened.Kind)}"),
        Html.Of($"{happened.Subject}"),
        Html.Of($"{happened.Detail}"),
        NumberList.Of(happened.Numbers),
    ];
}
