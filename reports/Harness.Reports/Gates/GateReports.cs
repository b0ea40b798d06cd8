using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Gates;

/// <summary>A gate's outcome for people, for CI and for programs.</summary>
public static class GateReports
{
    /// <summary>For a terminal: a line a rule with its verdict, and below it what was found.</summary>
    public static string Text(GateOutcome outcome)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Word(outcome.Verdict)}  gate {outcome.Gate}\n");
        foreach (GateResult result in outcome.Results)
            text.Append(CultureInfo.InvariantCulture, $"  {Word(result.Verdict),-8} {result.Rule}\n           {result.Summary}\n");
        return text.Append(CultureInfo.InvariantCulture, $"  repeat   {outcome.Command}\n").ToString();
    }

    /// <summary>For a job summary or a comment on a change.</summary>
    public static string Summary(GateOutcome outcome)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {Symbol(outcome.Verdict)} gate {Markdown.Escape(outcome.Gate)}\n\n| Verdict | Layer | Rule | Found |\n|---|---|---|---|\n");
        foreach (GateResult result in outcome.Results.OrderBy(result => result.Verdict switch { Verdict.Fail => 0, Verdict.Unknown => 1, _ => 2 }))
            text.Append(CultureInfo.InvariantCulture, $"| {Symbol(result.Verdict)} | {Written.Word(result.Layer)} | {Markdown.Escape(result.Rule)} | {Markdown.Escape(result.Summary)} |\n");
        return text.Append("\nTo repeat it:\n\n").Append(Markdown.Code(outcome.Command)).ToString();
    }

    /// <summary>A test suite with a test case a rule; what is not decided is an <c>error</c>, as in <see cref="JUnitXml"/>.</summary>
    public static string JUnit(GateOutcome outcome)
    {
        XElement[] cases = [.. outcome.Results.Select(Case)];
        var suite = new XElement(
            "testsuite",
            new XAttribute("name", JUnitXml.Clean(outcome.Gate)),
            new XAttribute("tests", cases.Length),
            new XAttribute("failures", cases.Count(one => one.Element("failure") is not null)),
            new XAttribute("errors", cases.Count(one => one.Element("error") is not null)),
            new XAttribute("skipped", 0),
            new XAttribute("time", "0"),
            cases,
            new XElement("system-out", JUnitXml.Clean(outcome.Command)),
            new XElement("system-err", ""));
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{new XElement("testsuites", suite)}\n".ReplaceLineEndings("\n");
    }

    /// <summary>Commands by which GitHub Actions marks the rule in the gate file.</summary>
    public static IEnumerable<string> GitHub(GateOutcome outcome) =>
        from result in outcome.Results
        where result.Verdict != Verdict.Pass
        let level = result.Verdict == Verdict.Fail ? "error" : "warning"
        select $"::{level} file={Property(outcome.File)},line={Math.Max(1, result.Line)},title={Property($"gate {outcome.Gate}: {result.Rule}")}::{Data(result.Summary)}";

    /// <summary>Shape and version: <see cref="GateOutcome"/>, numbers null where there are none.</summary>
    public static string Json(GateOutcome outcome) => JsonSerializer.Serialize(outcome, RecordJson.Document) + "\n";

    private static XElement Case(GateResult result)
    {
        string? element = result.Verdict switch { Verdict.Pass => null, Verdict.Fail => "failure", _ => result.Layer == GateLayer.History ? null : "error" };
        return new XElement(
            "testcase",
            new XAttribute("name", JUnitXml.Clean(result.Rule)),
            new XAttribute("classname", $"gate.{Written.Word(result.Layer)}"),
            new XAttribute("time", "0"),
            element is null ? null : new XElement(element, new XAttribute("message", JUnitXml.Clean(result.Summary)), new XAttribute("type", Written.Word(result.Layer))));
    }

    private static string Word(Verdict verdict) => verdict.ToString().ToUpperInvariant();

    private static string Symbol(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "✅ pass",
        Verdict.Fail => "❌ fail",
        _ => "❔ unknown",
    };

    // What would end a command or one of its fields, in the form that the runner decodes.
    private static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
