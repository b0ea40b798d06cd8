using System.Xml.Linq;
using Harness.Records;

namespace Harness.Reports.Tests;

public sealed class JUnitXmlTests
{
    [Fact]
    public void Writes_the_sample_run_as_in_the_golden_file() => Golden.Matches("junit.xml", JUnitXml.Render(SampleRun.Facts()));

    [Fact]
    public void Keeps_to_the_schema_of_its_readers_whatever_things_are_called()
    {
        Assert.Empty(JUnitSchema.Problems(JUnitXml.Render(SampleRun.Facts())));
        Assert.Empty(JUnitSchema.Problems(JUnitXml.Render(HostileRun.Facts())));
        Assert.NotEmpty(JUnitSchema.Problems(JUnitXml.Render(SampleRun.Facts()).Replace("testcase", "test-case", StringComparison.Ordinal)));
    }

    [Fact]
    public void Makes_an_unknown_result_an_error_so_that_nothing_proven_is_not_green()
    {
        XElement suite = XDocument.Parse(JUnitXml.Render(SampleRun.Facts())).Descendants("testsuite").Single();

        Assert.Equal(("6", "1", "1"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors")));
        Assert.Single(suite.Descendants("error"));
        Assert.Empty(suite.Descendants("skipped"));
    }

    [Fact]
    public void Does_not_blame_the_target_for_a_run_that_is_not_valid()
    {
        RunFacts facts = SampleRun.Facts();
        var invalid = new CheckResult { Name = "generator-kept-up", Kind = ResultKind.Validity, Verdict = Verdict.Fail, Summary = "It did not." };

        XDocument xml = XDocument.Parse(JUnitXml.Render(facts with { Verdict = facts.Verdict with { Results = [invalid] } }));

        Assert.Single(xml.Descendants("error"));
        Assert.Empty(xml.Descendants("failure"));
    }

    [Theory]
    [InlineData("bell \u0007 here")]
    [InlineData("half \uD83D pair")]
    [InlineData("other half \uDE00")]
    [InlineData("not a character \uFFFE")]
    public void Replaces_what_XML_cannot_hold(string name)
    {
        XElement found = Case(name);

        Assert.Contains('\uFFFD', (string)found.Attribute("name")!);
    }

    [Theory]
    [InlineData("]]></failure><testcase name=\"forged\"/>")]
    [InlineData("quotes \" and ' and <angles> & more")]
    [InlineData("a whole pair 😀")]
    public void Keeps_every_other_text_as_it_is(string name) => Assert.Equal(name, (string?)Case(name).Attribute("name"));

    private static XElement Case(string name)
    {
        RunFacts facts = SampleRun.Facts();
        var result = new CheckResult { Name = name, Kind = ResultKind.Check, Verdict = Verdict.Fail, Summary = name };
        string xml = JUnitXml.Render(facts with { Verdict = facts.Verdict with { Results = [result] } });
        return XDocument.Parse(xml).Descendants("testcase").Single();
    }
}
