using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;
using Harness.Reports.Sections;

namespace Harness.Reports.Comparing;

/// <summary>Availability and latency of every scenario in every phase, a row a run.</summary>
internal static class MeasuresSection
{
    private const int MostUnfolded = 8;

    public static Section Of(Comparison comparison) => new("numbers", "Phase by phase", Html.Of($"""
        <p>Shares of what was due in a phase, and latencies of what ended in it, counted from the due time; below each what it may as well be, at 95 %.</p>
        {comparison.Runs.SelectMany(run => run.Measures).Select(one => (one.Scenario, one.Step)).Distinct().Select(measure => TableOf(comparison, measure.Scenario, measure.Step))}
        """))
    { Link = "Phases" };

    private static Html TableOf(Comparison comparison, string scenario, string? step)
    {
        ComparedMeasure[] own = [.. comparison.Runs.SelectMany(run => run.Measures).Where(one => (one.Scenario, one.Step) == (scenario, step))];
        Phase[] phases = [.. own.Select(one => one.Phase).Distinct().Order()];
        Table table = new Table(ComparedMeasure.NameOf(scenario, step)).Text("Run");
        foreach (string phase in phases.Select(phase => Written.Word(phase)))
            table.Number($"{phase} ok").Number($"p50").Number($"p99");
        bool many = ComparisonPage.Groups(comparison).Any(group => group.Count() > 1) && ComparisonPage.Groups(comparison).Count() > 1;
        foreach (var group in ComparisonPage.Groups(comparison))
        {
            table.Group(many ? group.Key : null, group.Select(run => (Html[])
            [
                Html.Of($"{run.Name}"),
                .. phases.SelectMany(phase => run.Measures.FirstOrDefault(one => (one.Scenario, one.Step, one.Phase) == (scenario, step, phase)) is { } measure
                    ? new[] { Cells.Share(measure.Available), Cells.Quantile(measure.P50), Cells.Quantile(measure.P99) }
                    : [null, null, null]).Select(cell => cell ?? Html.Of($"{Written.Nothing}")),
            ]));
        }

        Html whole = Html.Of($"""<div class="matrix">{table.ToHtml()}</div>""");
        return comparison.Runs.Count <= MostUnfolded ? whole
            : Html.Of($"<details><summary>{ComparedMeasure.NameOf(scenario, step)}, {comparison.Runs.Count} runs</summary>{whole}</details>");
    }
}
