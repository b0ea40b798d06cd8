using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;
using Harness.Reports.Sections;

namespace Harness.Reports.Comparing;

/// <summary>How each run differs from what it is held against: first what is clear of chance, the rest folded away.</summary>
internal static class DifferencesSection
{
    private const double Width = 160;

    /// <summary>Above so many lines only the greatest of each pair of runs are shown unfolded.</summary>
    private const int MostUnfolded = 20;
    private const int GreatestOfEach = 3;

    public static Section Of(Comparison comparison)
    {
        ComparedDifference[] clear = [.. comparison.Differences.Where(one => one.IsClear).OrderByDescending(one => one.Weight)];
        ComparedDifference[] shown = clear.Length <= MostUnfolded ? clear
            : [.. clear.GroupBy(one => (one.Experiment, one.Name, one.Control)).SelectMany(pair => pair.Take(GreatestOfEach))];
        ComparedDifference[] folded = [.. clear.Except(shown)];
        ComparedDifference[] rest = [.. comparison.Differences.Where(one => !one.IsClear)];
        return new Section("differences", "What differs", Html.Of($"""
            <p>{Written.Count(clear.Length)} of {Written.Count(comparison.Differences.Count)} differences are clear of chance at 95 %. The bar is the interval, each on a scale of its own; the line is no difference.</p>
            {(comparison.Differences.All(one => one.IsValid) ? Html.Empty : Html.Of($"""<p class="warning">Some of these runs prove nothing ({string.Join(", ", comparison.Runs.SelectMany(run => run.Invalid).Distinct())}): what they differ by may not be the system's doing.</p>"""))}
            {(shown.Length == 0 ? Html.Empty : TableOf(folded.Length == 0 ? "Clear of chance, the greatest first" : $"Clear of chance, the {GreatestOfEach} greatest of each", comparison, shown))}
            {(folded.Length == 0 ? Html.Empty : Html.Of($"<details><summary>Clear of chance too ({folded.Length})</summary>{TableOf("Clear of chance too", comparison, folded)}</details>"))}
            {(rest.Length == 0 ? Html.Empty : Html.Of($"<details><summary>Not clear of chance ({rest.Length})</summary>{TableOf("Not clear of chance", comparison, rest)}</details>"))}
            """))
        { Link = "Differences" };
    }

    private static Html TableOf(string caption, Comparison comparison, IEnumerable<ComparedDifference> differences)
    {
        bool many = ComparisonPage.Groups(comparison).Count() > 1;
        Table table = new Table(caption).Text("What").Text("Phase").Number("Against").Number("Run").Number("Difference").Text("Interval").Text("Reading");
        foreach (var pair in differences.GroupBy(one => (one.Experiment, one.Name, one.Control)))
        {
            string runs = $"{pair.Key.Name} against {pair.Key.Control}";
            table.Group(many && pair.Key.Name != pair.Key.Experiment ? $"{pair.Key.Experiment}: {runs}" : runs, pair.Select(Row));
        }

        return table.ToHtml();
    }

    private static Html[] Row(ComparedDifference one) =>
    [
        Html.Of($"{(one.Measure is null ? "" : one.Measure + " ")}{Word(one.Metric)}"),
        Html.Of($"{(one.Phase == Phase.None ? "whole run" : Written.Word(one.Phase))}"),
        Html.Of($"{one.ControlValue}"),
        Html.Of($"{one.Value}"),
        Html.Of($"{one.Written[..one.Written.IndexOf('(', StringComparison.Ordinal)]}<small>{one.Written[(one.Written.IndexOf('(', StringComparison.Ordinal) + 1)..^1]}</small>"),
        Bar(one),
        !one.IsValid ? Html.Of($"""<span class="note">not valid</span>""") : one.IsBetter switch { true => Html.Of($"""<span class="better">better</span>"""), false => Html.Of($"""<span class="worse">worse</span>"""), _ => Html.Of($"""<span class="note">not clear</span>""") },
    ];

    private static string Word(ComparedMetric metric) => metric switch
    {
        ComparedMetric.Availability => "answered ok",
        ComparedMetric.P50 => "p50",
        ComparedMetric.P99 => "p99",
        _ => "Stale reads",
    };

    private static Html Bar(ComparedDifference one)
    {
        double most = Math.Max(Math.Abs(one.By.Lower), Math.Abs(one.By.Upper)) * 1.08;
        if (most == 0)
            most = 1;
        double X(double value) => (value / most + 1) * Width / 2;
        string kind = !one.IsValid ? "unclear" : one.IsBetter switch { true => "better", false => "worse", _ => "unclear" };
        return Html.Of($"""
            <svg class="interval {kind}" viewBox="0 0 {Width} 16" width="{Width}" height="16" role="img" aria-label="{one.Written}"><line class="zero" x1="{Width / 2}" x2="{Width / 2}" y1="0" y2="16"/><line class="span" x1="{X(one.By.Lower)}" x2="{Math.Max(X(one.By.Upper), X(one.By.Lower) + 1)}" y1="8" y2="8"/><circle cx="{X(one.By.Estimate)}" cy="8" r="4"/></svg>
            """);
    }
}
