using Harness.Records;
using Harness.Reports.Charts;
using Harness.Reports.Markup;
using Harness.Reports.Sections;

namespace Harness.Reports;

/// <summary>The page of a run: one HTML file that holds all it needs and opens from disk, now and in ten years.</summary>
/// <remarks>Everything is readable without scripts; page.js adds the charts. The page forbids itself every request by its own
/// Content-Security-Policy, and runs only the two scripts whose hashes it names.</remarks>
public static class HtmlPage
{
    private static readonly EmbeddedText Frame = EmbeddedText.Read("page.html");
    private static readonly EmbeddedText Style = EmbeddedText.Read("page.css");
    private static readonly EmbeddedText Script = EmbeddedText.Read("page.js");
    private static readonly EmbeddedText ECharts = EmbeddedText.Read("echarts.js");

    public static string Render(RunRecord record, RunVerdict verdict) => Render(RunFacts.Of(record, verdict));

    public static string Render(RunFacts facts)
    {
        IReadOnlyList<Section> sections = [.. SectionsOf(facts)];
        var charts = sections.SelectMany(s => s.Charts).ToList();
        return Fill(Frame.Text, new Dictionary<string, string>
        {
            ["policy"] = Policy(),
            ["title"] = Html.Of($"{VerdictWord.Of(facts.Verdict.Verdict)}: {facts.Description.Experiment}").ToString(),
            ["icon"] = VerdictWord.Icon(facts.Verdict.Verdict),
            ["style"] = Style.Text,
            ["header"] = PageHeader.Of(facts).ToString(),
            ["contents"] = Html.Join(sections.Select(s => s.ToLink())).ToString(),
            ["sections"] = Html.Join(sections.Select(s => s.ToHtml())).ToString(),
            ["footer"] = Html.Of($"Harness {facts.Description.HarnessVersion}, record format {facts.Description.FormatVersion}").ToString(),
            ["data"] = ChartData.Of(facts, charts).ToJson(),
            ["echarts"] = ECharts.Text,
            ["script"] = Script.Text,
        });
    }

    private static IEnumerable<Section> SectionsOf(RunFacts facts)
    {
        yield return TimelineSection.Of(facts);
        yield return LatencySection.Of(facts);
        yield return OutcomesSection.Of(facts);
        if (RecoverySection.Of(facts) is { } recovery)
            yield return recovery;
        yield return ResultsSection.Of(facts);
        yield return FaultsSection.Of(facts);
        yield return ServicesSection.Of(facts);
        yield return GeneratorSection.Of(facts);
        yield return RepeatSection.Of(facts);
        yield return RawDataSection.Of(facts);
    }

    private static string Policy() => string.Join("; ",
        "default-src 'none'",
        $"script-src {ECharts.CspHash} {Script.CspHash}",
        $"style-src {Style.CspHash}",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'");

    // Each slot once and left to right, so that what is filled in is never itself searched for slots.
    internal static string Fill(string frame, Dictionary<string, string> slots) =>
        System.Text.RegularExpressions.Regex.Replace(frame, @"\{\{(\w+)\}\}", match => slots[match.Groups[1].Value]);
}
