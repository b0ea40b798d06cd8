using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>What came of everything that was asked.</summary>
internal static class OutcomesSection
{
    public static Section Of(RunFacts facts)
    {
        IReadOnlyList<OutcomeRow> rows = OutcomeRow.Of(facts);
        Html body = rows.Count == 0 ? Html.Of($"<p>No arrival was recorded.</p>") : Html.Of($"""
            <p><b>Refused</b> surely did not happen, <b>unknown</b> may have; <b>dropped</b> was due and never started because too much was open; <b>open</b> had not ended when the load did.</p>
            {Outcomes("Outcomes by the phase in which the arrivals were due", rows.Where(r => r.Step is null))}
            {Missing(rows)}
            {Steps([.. rows.Where(r => r.Step is not null)])}
            {Errors(ErrorRow.Of(facts))}
            """);
        return new Section("outcomes", "Outcomes", body);
    }

    // Folded away: for most questions the whole iteration is the answer.
    private static Html Steps(IReadOnlyList<OutcomeRow> steps) => steps.Count == 0 ? Html.Empty : Html.Of($"""
        <details><summary>Step by step</summary>{Outcomes("Outcomes of steps", steps)}</details>
        """);

    private static Html Outcomes(string caption, IEnumerable<OutcomeRow> rows)
    {
        Table table = new Table(caption)
            .Text("Phase").Number("Due").Number("Ok").Number("Refused").Number("Unknown").Number("Dropped").Number("Open").Number("Ok of all");
        foreach (var same in rows.GroupBy(r => (r.Scenario, r.Step)))
            table.Group(same.Key.Step is null ? same.Key.Scenario : $"{same.Key.Scenario} › {same.Key.Step}", same.Select(Row));
        return table.ToHtml();
    }

    private static Html[] Row(OutcomeRow row) =>
    [
        Html.Of($"{Written.Word(row.Phase)}"),
        Html.Of($"{(row.Step is null ? Written.Count(row.Due) : Written.Nothing)}"),
        Html.Of($"{Written.Count(row.Ok)}"),
        Count(row.Refused),
        Count(row.Unknown),
        row.Step is null ? Count(row.Dropped) : Html.Of($"{Written.Nothing}"),
        row.Step is null ? Count(row.Open) : Html.Of($"{Written.Nothing}"),
        Html.Of($"{Written.PerCent(row.OkRatio)}"),
    ];

    // What is not zero should catch the eye.
    private static Html Count(long count) => count == 0 ? Html.Of($"0") : Html.Of($"<b>{Written.Count(count)}</b>");

    private static Html Missing(IReadOnlyList<OutcomeRow> rows)
    {
        long missing = rows.Sum(r => Math.Abs(r.Missing));
        return missing == 0 ? Html.Empty : Html.Of($"""
            <p class="note warning">The record does not add up: {Written.Count(missing)} arrivals are in none of these columns, or in two. The harness is at fault; do not trust the counts.</p>
            """);
    }

    private static Html Errors(IReadOnlyList<ErrorRow> errors)
    {
        if (errors.Count == 0)
            return Html.Of($"<p>Nothing failed.</p>");

        var phases = errors.SelectMany(e => e.Counts.Keys).Distinct().Order().ToList();
        Table table = phases.Aggregate(new Table("Errors by class and phase").Text("Class"), (t, phase) => t.Number(Written.Word(phase)));
        foreach (var same in errors.GroupBy(e => (e.Scenario, e.Step)))
        {
            table.Group(same.Key.Step is null ? same.Key.Scenario : $"{same.Key.Scenario} › {same.Key.Step}", same.Select(error =>
                phases.Select(p => Count(error.Counts.GetValueOrDefault(p))).Prepend(Html.Of($"{error.Class}")).ToArray()));
        }

        return table.ToHtml();
    }
}
