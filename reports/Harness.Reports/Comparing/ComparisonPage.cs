using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;
using Harness.Reports.Sections;

namespace Harness.Reports.Comparing;

/// <summary>A comparison as one HTML file that holds all it needs; it has no scripts and forbids itself any, and every request.</summary>
public static class ComparisonPage
{
    private static readonly EmbeddedText Frame = EmbeddedText.Read("page.scorecard.html");
    private static readonly EmbeddedText Style = EmbeddedText.Read("page.css");
    private static readonly EmbeddedText OwnStyle = EmbeddedText.Read("page.compare.css");

    /// <param name="comparison">What to show.</param>
    /// <param name="folder">Where the page will lie, absolute: its links to the pages of the runs start from there.</param>
    public static string Render(Comparison comparison, string folder)
    {
        Section[] sections = [.. SectionsOf(comparison, folder)];
        return HtmlPage.Fill(Frame.Text, new Dictionary<string, string>
        {
            ["policy"] = $"default-src 'none'; style-src {Style.CspHash} {OwnStyle.CspHash}; img-src data:; base-uri 'none'; form-action 'none'",
            ["title"] = Html.Of($"{comparison.Runs.Count} runs compared: {string.Join(", ", Experiments(comparison))}").ToString(),
            ["icon"] = VerdictWord.Icon(comparison.Verdict),
            ["style"] = Style.Text,
            ["own"] = OwnStyle.Text,
            ["header"] = Header(comparison).ToString(),
            ["contents"] = Html.Join(sections.Select(section => section.ToLink())).ToString(),
            ["sections"] = Html.Join(sections.Select(section => section.ToHtml())).ToString(),
            ["footer"] = Html.Of($"Harness {comparison.Runs[0].Facts.Description.HarnessVersion}, comparison format {comparison.FormatVersion}").ToString(),
        });
    }

    /// <summary>The address of a run's page, as the comparison's folder reaches it.</summary>
    internal static string LinkTo(ComparedRun run, string folder)
    {
        string[] parts = [.. Path.GetRelativePath(folder, Path.Combine(run.Folder, "report.html")).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)];
        return "./" + string.Join('/', parts);
    }

    internal static IEnumerable<IGrouping<string, ComparedRun>> Groups(Comparison comparison) => comparison.Runs.GroupBy(run => run.Experiment);

    private static IEnumerable<string> Experiments(Comparison comparison) => Groups(comparison).Select(group => group.Key);

    private static IEnumerable<Section> SectionsOf(Comparison comparison, string folder)
    {
        yield return MatrixSection.Of(comparison, folder);
        yield return MultiplesSection.Of(comparison);
        if (comparison.Differences.Count > 0)
            yield return DifferencesSection.Of(comparison);
        yield return MeasuresSection.Of(comparison);
        yield return Repeat(comparison);
    }

    private static Html Header(Comparison comparison)
    {
        RunDescription[] runs = [.. comparison.Runs.Select(run => run.Facts.Description)];
        string Each(Func<RunDescription, string> of) => runs.Select(of).Distinct().ToList() is { Count: <= 3 } few ? string.Join(", ", few) : $"{runs.Select(of).Distinct().Count()} different";
        string[] hypotheses = [.. runs.Select(run => run.Hypothesis?.Trim() ?? "").Distinct()];
        return Html.Of($"""
            <header class="{VerdictWord.Class(comparison.Verdict)}">
            <p class="eyebrow">{comparison.Runs.Count} runs compared: {Each(run => run.Experiment)}</p>
            <h1>{VerdictWord.Badge(comparison.Verdict)}<span class="sentence">{comparison.Sentence}</span></h1>
            {(hypotheses is [{ Length: > 0 } one] ? Html.Of($"""<div class="hypothesis"><h2>Hypothesis</h2><p>{one}</p></div>""") : Html.Empty)}
            {FactList.Of(
                ("First started", Written.Utc(runs.Min(run => run.StartedAt))),
                ("Together", Written.Duration(comparison.Runs.Aggregate(TimeSpan.Zero, (sum, run) => sum + run.Facts.Length))),
                ("Environment", Each(run => run.Environment)),
                ("Seed", Each(run => $"{run.Seed}")),
                ("Commit", Each(run => run.Commit is { Length: > 12 } commit ? commit[..12] : run.Commit ?? "")),
                ("Machine", Each(run => $"{run.Machine.Processors} × {run.Machine.Architecture}, {Written.Bytes(run.Machine.MemoryBytes)}")))}
            </header>
            """);
    }

    private static Section Repeat(Comparison comparison) => new("repeat", "Repeating it", Html.Of($"""
        <div class="code"><pre><code>{string.Join('\n', comparison.Runs.Select(run => run.Command).Distinct())}</code></pre></div>
        <p class="note">Intervals are at 95 %. Of a share: the wider of Wilson's (1927) and of those from drawing whole seconds again (Künsch 1989). Of a quantile: the wider of order statistics (Hahn and Meeker 1991) and of whole seconds drawn again. Of a difference: the squares of the distances to the bounds are added up (MOVER: Newcombe 1998, method 10, for shares; Zou and Donner 2008 for quantiles). Where many differences are looked at, about one in twenty of those that are nothing will look clear by chance. Runs that came one after the other also differ by what else the machine did meanwhile; <code>harness gate</code> puts two systems side by side.</p>
        """))
    { Link = "Repeat" };
}
