using System.Globalization;
using System.Text;
using System.Xml;
using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports;

/// <summary>The verdict as JUnit XML: a test suite a run, a test case a result.</summary>
/// <remarks>There is no standard, only what consumers read; element order and attributes are those that the schemas of Ant, Jenkins and
/// GitLab have in common. An <see cref="Verdict.Unknown"/> result becomes an <c>error</c>, which JUnit means as "the test did not get to
/// its answer": as a <c>skipped</c> it would leave the build green although nothing was proven, as a <c>failure</c> it would blame the
/// target for what the harness could not see. A failed <see cref="ResultKind.Validity"/> is an <c>error</c> for the same reason.</remarks>
public static class JUnitXml
{
    public static string Render(RunRecord record, RunVerdict verdict) => Render(RunFacts.Of(record, verdict));

    public static string Render(RunFacts facts)
    {
        var text = new StringBuilder();
        var format = new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (XmlWriter xml = XmlWriter.Create(text, format))
            WriteSuites(xml, facts);

        // Written by hand: a writer into a string would call it UTF-16.
        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{text}\n";
    }

    private static void WriteSuites(XmlWriter xml, RunFacts facts)
    {
        xml.WriteStartElement("testsuites");
        xml.WriteStartElement("testsuite");
        WriteTotals(xml, facts);
        WriteProperties(xml, facts.Description);
        foreach (CheckResult result in facts.Verdict.Results)
            WriteCase(xml, facts.Description, result);
        xml.WriteElementString("system-out", Clean(facts.Verdict.Sentence));
        xml.WriteElementString("system-err", "");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteTotals(XmlWriter xml, RunFacts facts)
    {
        RunDescription run = facts.Description;
        Attribute(xml, "name", run.Experiment);
        Attribute(xml, "id", "0");
        Attribute(xml, "package", "harness");
        Attribute(xml, "timestamp", run.StartedAt.UtcDateTime.ToString("s", CultureInfo.InvariantCulture));
        Attribute(xml, "hostname", "localhost");
        Attribute(xml, "tests", Total(facts.Verdict.Results.Count));
        Attribute(xml, "failures", Total(facts.Verdict.Results.Count(r => ElementOf(r) == "failure")));
        Attribute(xml, "errors", Total(facts.Verdict.Results.Count(r => ElementOf(r) == "error")));
        Attribute(xml, "skipped", "0");
        Attribute(xml, "time", facts.Length.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture));
    }

    private static void WriteProperties(XmlWriter xml, RunDescription run)
    {
        xml.WriteStartElement("properties");
        foreach (var (name, value) in RunIdentity.Of(run))
        {
            xml.WriteStartElement("property");
            Attribute(xml, "name", name);
            Attribute(xml, "value", value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, RunDescription run, CheckResult result)
    {
        string kind = Written.Word(result.Kind);
        xml.WriteStartElement("testcase");
        Attribute(xml, "name", result.Name);
        Attribute(xml, "classname", $"{run.Experiment}.{kind}");
        Attribute(xml, "time", "0");
        if (ElementOf(result) is { } element)
        {
            xml.WriteStartElement(element);
            Attribute(xml, "message", result.Summary);
            Attribute(xml, "type", kind);
            xml.WriteString(Clean(WitnessText.Of(result)));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string? ElementOf(CheckResult result) => result switch
    {
        { Verdict: Verdict.Pass } => null,
        { Verdict: Verdict.Fail, Kind: not ResultKind.Validity } => "failure",
        _ => "error",
    };

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Clean(value));

    private static string Total(int count) => count.ToString(CultureInfo.InvariantCulture);

    // XML has no way at all to write most control characters and half surrogates, not even escaped.
    internal static string Clean(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));
}
