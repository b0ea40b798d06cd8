using System.Globalization;
using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;
using Harness.Reports.Sections;

namespace Harness.Reports.Comparing;

/// <summary>A row a run: what sets it apart, what was proven, and how it took the fault.</summary>
internal static class MatrixSection
{
    private const int MostColumns = 4;

    public static Section Of(Comparison comparison, string folder)
    {
        string[] traits = Traits(comparison);
        Column[] columns = [.. Columns(comparison).Where(column => comparison.Runs.Any(column.Has))];
        Table table = new Table("Every run, and how it took what was done to it").Text(traits.Length == 0 ? "Run" : traits[0]);
        foreach (string trait in traits.Skip(1))
            table.Text(trait);
        table.Text("Verdict");
        foreach (Column column in columns)
            _ = column.IsText ? table.Text(column.Title) : table.Number(column.Title);
        bool grouped = comparison.Runs.Select(run => run.Experiment).Distinct().Count() is > 1 and var count && count < comparison.Runs.Count;
        foreach (var group in grouped ? ComparisonPage.Groups(comparison) : comparison.Runs.GroupBy(_ => ""))
            table.Group(grouped ? group.Key : null, group.Select(run => Row(run, traits, columns, folder)));
        return new Section("matrix", "Side by side", Html.Of($"""
            <div class="matrix">{table.ToHtml()}</div>
            {Sentences("What did not hold", comparison, run => run.Verdict != Verdict.Pass)}
            {Sentences("What failed as predicted", comparison, run => run.Verdict == Verdict.Pass && run.FailedAsPredicted.Count > 0)}
            """))
        { Link = "Matrix" };
    }

    private static Html[] Row(ComparedRun run, string[] traits, Column[] columns, string folder)
    {
        string first = traits.Length == 0 ? run.Name : run.Differs[traits[0]];
        return
        [
            Html.Of($"""<a href="{ComparisonPage.LinkTo(run, folder)}">{first}</a>"""),
            .. traits.Skip(1).Select(trait => Html.Of($"{run.Differs[trait]}")),
            run.FailedAsPredicted.Count > 0 ? Html.Of($"{VerdictWord.Badge(run.Verdict)}<small>failed as predicted</small>") : VerdictWord.Badge(run.Verdict),
            .. columns.Select(column => column.Cell(run)),
        ];
    }

    // A column each, where all experiments differ in the same few ways; otherwise the run's name says it.
    private static string[] Traits(Comparison comparison)
    {
        string[][] sets = [.. comparison.Runs.Select(run => run.Differs.Keys.ToArray())];
        bool same = sets.All(set => set.SequenceEqual(sets[0]));
        bool tellsApart = ComparisonPage.Groups(comparison).All(group => group.Count() > 1 || comparison.Runs.Count == 1);
        return same && tellsApart && sets[0].Length is > 0 and <= MostColumns ? sets[0] : [];
    }

    private static IEnumerable<Column> Columns(Comparison comparison)
    {
        bool everySame = comparison.Runs.Select(run => RunTraits.FaultsOf(run.Facts.Description)).Distinct().Count() == 1;
        if (!everySame)
            yield return new Column("Put wrong", run => RunTraits.FaultsOf(run.Facts.Description) is { Length: > 0 } faults ? Html.Of($"""<div class="words">{faults}</div>""") : null, IsText: true);
        foreach ((string scenario, string? step) in comparison.Runs.SelectMany(run => run.Measures).Select(one => (one.Scenario, one.Step)).Distinct())
        {
            yield return new Column($"{ComparedMeasure.NameOf(scenario, step)} ok, fault", run => Cells.Share(Find(run, scenario, step, Phase.Fault)?.Available));
            if (step is null)
                yield return new Column($"{scenario} p99, fault", run => Cells.Quantile(Find(run, scenario, step, Phase.Fault)?.P99));
        }

        yield return new Column("Stale reads", run => run.StaleReads is { } stale ? Html.Of($"""{(stale.Hits == 0 ? "0" : Written.Count(stale.Hits))}<small>of {Written.Count(stale.Count)}</small>""") : null);
        yield return new Column("Checks failed", run => run.Facts.Verdict.Results.Any(r => r.Kind == ResultKind.Check) ? Html.Of($"{run.ChecksFailed.Count}") : null);
        yield return new Column("Limits missed", run => run.Facts.Verdict.Results.Any(r => r.Kind == ResultKind.Expectation) ? Html.Of($"{run.ExpectationsMissed.Count}") : null);
        yield return new Column("Felt after", run => run.Facts.Faults.Count == 0 ? null : run.FeltAfter is { } felt ? Html.Of($"{Written.Duration(felt)}") : Html.Of($"not felt"));
        yield return new Column("Well again", run => run.StayedUnwell ? Html.Of($"not in this run") : run.WellAfter is { } well ? Html.Of($"{(well == TimeSpan.Zero ? "at once" : Written.Duration(well))}") : null);
        yield return new Column("Data at rest", run => run.NotSettled ? Html.Of($"not in this run") : run.SettledAfter is { } settled ? Html.Of($"{Written.Duration(settled)}") : null);
        yield return new Column("Loads per expiry", run => run.LoadsPerExpiry is { } loads ? Html.Of($"{loads.ToString("0.00", CultureInfo.InvariantCulture)}") : null);
    }

    private static ComparedMeasure? Find(ComparedRun run, string scenario, string? step, Phase phase) =>
        run.Measures.FirstOrDefault(one => (one.Scenario, one.Step, one.Phase) == (scenario, step, phase));

    private static Html Sentences(string title, Comparison comparison, Func<ComparedRun, bool> which)
    {
        ComparedRun[] runs = [.. comparison.Runs.Where(which)];
        bool many = ComparisonPage.Groups(comparison).Count() > 1;
        return runs.Length == 0 ? Html.Empty : Html.Of($"""
            <h3>{title}</h3>
            <ul class="rates">{runs.Select(run => Html.Of($"<li><b>{(many && run.Name != run.Experiment ? $"{run.Experiment}, {run.Name}" : run.Name)}</b>: {run.Sentence}</li>"))}</ul>
            """);
    }

    private sealed record Column(string Title, Func<ComparedRun, Html?> Of, bool IsText = false)
    {
        public bool Has(ComparedRun run) => Of(run) is not null;

        public Html Cell(ComparedRun run) => Of(run) ?? Html.Of($"{Written.Nothing}");
    }
}

/// <summary>A number with its doubt below it.</summary>
internal static class Cells
{
    public static Html? Share(Harness.Checks.Pacelc.ShareEstimate? share) => share is null ? null
        : Html.Of($"{Written.PerCent(share.Ratio)}<small>{Bare(share.Lower)}–{Bare(share.Upper)}</small>");

    public static Html? Quantile(QuantileEstimate? quantile) => quantile is null ? null
        : Html.Of($"{Written.Duration(quantile.Value)}{(quantile is { Lower: { } low, Upper: { } high } ? Html.Of($"<small>{Written.Duration(low)}–{Written.Duration(high)}</small>") : Html.Empty)}");

    private static string Bare(double ratio) => Written.PerCent(ratio).Replace(" %", "", StringComparison.Ordinal);
}
