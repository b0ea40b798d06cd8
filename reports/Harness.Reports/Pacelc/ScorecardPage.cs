using System.Globalization;
using Harness.Checks.Pacelc;
using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;
using Harness.Reports.Sections;

namespace Harness.Reports.Pacelc;

/// <summary>The scorecard as one HTML file that holds all it needs; it has no scripts and forbids itself any, and every request.</summary>
public static class ScorecardPage
{
    private static readonly EmbeddedText Frame = EmbeddedText.Read("page.scorecard.html");
    private static readonly EmbeddedText Style = EmbeddedText.Read("page.css");
    private static readonly EmbeddedText OwnStyle = EmbeddedText.Read("page.scorecard.css");

    public static string Render(Scorecard card)
    {
        Section[] sections = [LabelsSection(card), PlanesSection(card), VisibilitySection(card), .. TablesOf(card), RepeatSection(card)];
        return HtmlPage.Fill(Frame.Text, new Dictionary<string, string>
        {
            ["policy"] = $"default-src 'none'; style-src {Style.CspHash} {OwnStyle.CspHash}; img-src data:; base-uri 'none'; form-action 'none'",
            ["title"] = Html.Of($"PACELC: {string.Join(", ", card.Labels.Select(label => $"{label.Mode} {label.Text}"))}").ToString(),
            ["icon"] = VerdictWord.Icon(card.Verdict),
            ["style"] = Style.Text,
            ["own"] = OwnStyle.Text,
            ["header"] = Header(card).ToString(),
            ["contents"] = Html.Join(sections.Select(section => section.ToLink())).ToString(),
            ["sections"] = Html.Join(sections.Select(section => section.ToHtml())).ToString(),
            ["footer"] = Html.Of($"Harness {card.Design.HarnessVersion}, scorecard format {card.FormatVersion}").ToString(),
        });
    }

    private static Html Header(Scorecard card) => Html.Of($"""
        <header class="{VerdictWord.Class(card.Verdict)}">
        <p class="eyebrow">PACELC scorecard</p>
        <h1>{VerdictWord.Badge(card.Verdict)}<span class="sentence">{Sentence(card)}</span></h1>
        {FactList.Of(
            ("Started", Written.Utc(card.Design.StartedAt)),
            ("Environment", card.Design.Environment),
            ("Cut", card.Design.Groups),
            ("Rounds", card.Design.Rounds.ToString(CultureInfo.InvariantCulture)),
            ("Phases", $"normal {Written.Duration(card.Design.Normal)}, cut {Written.Duration(card.Design.Partition)}, healed {Written.Duration(card.Design.Healing)}"),
            ("Seed", card.Design.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Commit", card.Design.Commit is { Length: > 12 } commit ? commit[..12] : card.Design.Commit ?? ""))}
        </header>
        """);

    private static string Sentence(Scorecard card)
    {
        string labels = string.Join(", ", card.Labels.Select(label => $"{label.Mode} is {label.Text}"));
        return card.Verdict switch
        {
            Verdict.Fail => $"{labels}: {card.Labels.Sum(label => label.Defects.Count)} defects",
            Verdict.Unknown => $"{labels}: not everything was decided",
            _ => labels,
        };
    }

    private static Section LabelsSection(Scorecard card) => new("labels", "What each mode chose", Html.Of($"""
        <p>P is for partition: with the cut in place a mode keeps answering (A) or keeps its promises (C). E is for else: when nothing is wrong it is fast (L) or fresh (C). A mode that pays and gets nothing for it is neither, which is a defect.</p>
        <ul class="labels">{card.Labels.Select((label, i) => LabelOf(label, card.Modes[i]))}</ul>
        {(card.Rates.Count == 0 ? Html.Empty : Html.Of($"""<h3>Exchange rates</h3><ul class="rates">{card.Rates.SelectMany(rate => rate.Sentences).Select(sentence => Html.Of($"<li>{sentence}</li>"))}</ul>"""))}
        """))
    { Link = "Labels" };

    private static Html LabelOf(ModeLabel label, ModeScore mode) => Html.Of($"""
        <li class="{(label.Defects.Count > 0 ? "fail" : label.UnderPartition == Choice.Undecided ? "unknown" : "pass")}">
        <h3><span class="badge">{label.Text}</span> {label.Mode}</h3>
        <p class="note">{string.Join(", ", mode.Switches.Select(one => $"{one.Key}: {one.Value}"))}</p>
        <p>{label.PartitionWhy}</p><p>{label.ElseWhy}</p>
        {label.Defects.Select(defect => Html.Of($"""<p class="defect"><b>Defect.</b> {defect}</p>"""))}
        </li>

        """);

    private static Section PlanesSection(Scorecard card)
    {
        PlanePoint[] cut =
        [
            .. card.Modes.Where(mode => mode.AvailablePartition.Count > 0 && mode.Violations.Count > 0).Select(mode => new PlanePoint(
                mode.Mode,
                mode.AvailablePartition.Ratio * 100, mode.AvailablePartition.Lower * 100, mode.AvailablePartition.Upper * 100,
                mode.Violations.Ratio * 10_000, mode.Violations.Lower * 10_000, mode.Violations.Upper * 10_000)),
        ];
        PlanePoint[] otherwise = [.. card.Modes.Select(NormalPoint).OfType<PlanePoint>()];
        return new Section("planes", "What is paid for what", Html.Of($"""
            <p>Each mode is a point; its box is what the point may as well be, at 95 %. Better is further down, and in the left picture to the right, in the right one to the left.</p>
            <div class="multiples">
            {(cut.Length == 0 ? Html.Empty : PlaneFigure.Of("plane-cut", "Under the cut", "Availability of all requests against promises broken from the cut on.", "answered ok, %", "broken promises in 10,000", cut))}
            {(otherwise.Length == 0 ? Html.Empty : PlaneFigure.Of("plane-normal", "When nothing is wrong", "Latency of reads against stale reads.", "p99 of ok reads, ms", "stale reads, %", otherwise))}
            </div>
            """))
        { Link = "Trade-off" };
    }

    private static PlanePoint? NormalPoint(ModeScore mode)
    {
        if (mode.Latency.FirstOrDefault(one => one is { Kind: "read-product", Phase: Phase.Baseline })?.Ok is not { P99: { } p99 } reads || mode.Normal.Stale.Count == 0)
            return null;
        ShareEstimate stale = mode.Normal.Stale;
        return new PlanePoint(
            mode.Mode, p99.TotalMilliseconds, (reads.P99Lower ?? p99).TotalMilliseconds, (reads.P99Upper ?? p99).TotalMilliseconds,
            stale.Ratio * 100, stale.Lower * 100, stale.Upper * 100);
    }

    private static Section VisibilitySection(Scorecard card)
    {
        Table table = new Table("Share of reads that see a write").Text("Since the acknowledgement");
        foreach (ModeScore mode in card.Modes)
            table.Number($"{mode.Mode}, normal").Number($"{mode.Mode}, cut");
        TimeSpan[] times = [.. card.Modes.SelectMany(mode => mode.Normal.Visibility.Points.Concat(mode.Partition.Visibility.Points)).Select(point => point.Until).Distinct().Order()];
        table.Group(null, times.Select(time => (Html[])
        [
            Html.Of($"up to {Written.Duration(time)}"),
            .. card.Modes.SelectMany(mode => new[] { mode.Normal.Visibility, mode.Partition.Visibility }).Select(curve =>
                Html.Of($"{(curve.Points.FirstOrDefault(point => point.Until == time) is { } point ? Written.PerCent(point.Seen.Ratio) : Written.Nothing)}")),
        ]));
        return new Section("visibility", "How soon a write is seen", Html.Of($"""
            <div class="multiples">
            {VisibilityFigure.Of("visibility-normal", "When nothing is wrong", [.. card.Modes.Select(mode => (mode.Mode, mode.Normal.Visibility))])}
            {VisibilityFigure.Of("visibility-cut", "From the cut on", [.. card.Modes.Select(mode => (mode.Mode, mode.Partition.Visibility))])}
            </div>
            {table.ToHtml()}
            """))
        { Link = "Visibility" };
    }

    private static IEnumerable<Section> TablesOf(Scorecard card)
    {
        Table table = new Table("Every number of the scorecard, by mode").Text("Measure");
        foreach (ModeScore mode in card.Modes)
            table.Number(mode.Mode);
        foreach (IGrouping<string, ScorecardRow> group in ScorecardRow.Of(card).GroupBy(row => row.Group))
            table.Group(group.Key, group.Select(row => (Html[])[Html.Of($"{row.Name}"), .. row.Cells.Select(cell => Html.Of($"{cell}"))]));
        string[] open = [.. card.Modes.SelectMany(mode => mode.Convergence.NotConverged.Select(why => $"{mode.Mode}: {why}").Concat(mode.Invalid.Select(why => $"{mode.Mode}: {why}")))];
        yield return new Section("numbers", "Every number", Html.Of($"""
            {table.ToHtml()}
            {(open.Length == 0 ? Html.Empty : Html.Of($"""<h3>What was not shown</h3><ul class="rates">{open.Select(why => Html.Of($"<li>{why}</li>"))}</ul>"""))}
            <p class="note">A read is stale when it shows an older version than was acknowledged to a writer, or shown to any reader, before it began. Latency counts from when a request was sent. Where nothing was observed the bound is the rule of three: 0 of n shows that there are fewer than 3 in n.</p>
            """))
        { Link = "Numbers" };
    }

    private static Section RepeatSection(Scorecard card) => new("repeat", "Repeating it", Html.Of($"""
        <div class="code"><pre><code>{card.Design.Command}</code></pre></div>
        <p class="note">Runs in this order: {string.Join(", ", card.Design.Order)}. Their records lie beside this page: {string.Join(", ", card.Modes.SelectMany(mode => mode.Runs))}.</p>
        """))
    { Link = "Repeat" };
}
