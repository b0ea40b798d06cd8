using System.Text.Json;
using System.Xml.Linq;
using Harness.Records;
using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

public sealed class GateReportsTests
{
    private static readonly GateOutcome Outcome = new()
    {
        Gate = "orders",
        File = "gates/orders.yaml",
        Command = "./harness gate gates/orders.yaml --seed 42",
        Results =
        [
            new() { Layer = GateLayer.Exact, Rule = "metric checks.failed, max 0", Line = 4, Verdict = Verdict.Fail, Summary = "1 was counted,\nnot 0: 100 %.", Estimate = 1, Count = 1 },
            new() { Layer = GateLayer.Relative, Rule = "metric latency.p50", Line = 9, Verdict = Verdict.Unknown, Summary = "<b>not</b> decided | at all\u0001.", Count = 60 },
            new() { Layer = GateLayer.Absolute, Rule = "metric availability", Line = 6, Verdict = Verdict.Pass, Summary = "0.999.", Count = 900 },
        ],
    };

    [Fact]
    public void Marks_the_rule_in_its_file_and_nothing_can_end_the_command_early() => Assert.Equal(
        [
            "::error file=gates/orders.yaml,line=4,title=gate orders%3A metric checks.failed%2C max 0::1 was counted,%0Anot 0: 100 %25.",
            "::warning file=gates/orders.yaml,line=9,title=gate orders%3A metric latency.p50::<b>not</b> decided | at all\u0001.",
        ],
        GateReports.GitHub(Outcome));

    [Fact]
    public void Are_written_as_in_the_golden_files()
    {
        Golden.Matches("gate.json", GateReports.Json(Outcome));
        Golden.Matches("gate-junit.xml", GateReports.JUnit(Outcome));
        Golden.Matches("gate.md", GateReports.Summary(Outcome));
        Assert.Empty(JUnitSchema.Problems(GateReports.JUnit(Outcome)));
    }

    [Fact]
    public void Counts_red_as_failure_and_undecided_as_error_in_JUnit()
    {
        XElement suite = XDocument.Parse(GateReports.JUnit(Outcome)).Root!.Element("testsuite")!;

        Assert.Equal(("3", "1", "1"), ((string)suite.Attribute("tests")!, (string)suite.Attribute("failures")!, (string)suite.Attribute("errors")!));
        Assert.Equal(["failure", "error"], suite.Elements("testcase").Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public void Writes_a_summary_that_breaks_no_table()
    {
        string[] rows = [.. GateReports.Summary(Outcome).Split('\n').Where(line => line.StartsWith('|'))];

        Assert.Equal(5, rows.Length);
        Assert.DoesNotContain("<b>", string.Concat(rows), StringComparison.Ordinal);
        Assert.Contains("./harness gate gates/orders.yaml --seed 42", GateReports.Summary(Outcome), StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_JSON_with_its_version_and_verdict()
    {
        using JsonDocument json = JsonDocument.Parse(GateReports.Json(Outcome));

        Assert.Equal(1, json.RootElement.GetProperty("formatVersion").GetInt32());
        Assert.Equal("fail", json.RootElement.GetProperty("verdict").GetString());
        Assert.Equal("exact", json.RootElement.GetProperty("results")[0].GetProperty("layer").GetString());
    }

    [Fact]
    public void A_warning_of_the_history_decides_nothing()
    {
        GateResult passed = Outcome.Results[2];
        GateOutcome outcome = Outcome with { Results = [passed, passed with { Layer = GateLayer.History, Verdict = Verdict.Unknown }] };

        Assert.Equal(Verdict.Pass, outcome.Verdict);
        Assert.Equal(Verdict.Unknown, (Outcome with { Results = [] }).Verdict);
    }
}
