using System.Text.Json;
using Harness.Records;

namespace Harness.Reports.Tests;

public sealed class RunTablesTests
{
    [Fact]
    public void Csv_has_a_line_for_each_measure_and_phase_with_nine_columns()
    {
        string[] lines = RunTables.Csv(SampleRun.Facts()).TrimEnd('\n').Split('\n');

        Assert.True(lines.Length > 4, "There are two scenarios and several phases.");
        Assert.All(lines, line => Assert.Equal(9, line.Split(',').Length));
        Assert.Contains(lines, line => line.StartsWith("browse,,fault,", StringComparison.Ordinal));
    }

    [Fact]
    public void Csv_lets_no_name_become_a_formula_or_another_cell()
    {
        RunFacts facts = SampleRun.Facts();
        LatencyInterval first = facts.Latency[0];
        var hostile = new LatencyInterval(first.Tag with { Scenario = "=a,\"b" }, first.Start, first.Length, first.Microseconds);

        Assert.Contains("\n\"'=a,\"\"b\",,", RunTables.Csv(facts with { Latency = [hostile] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_its_version_the_verdict_and_the_latencies()
    {
        using JsonDocument json = JsonDocument.Parse(RunTables.Json(SampleRun.Facts()));

        Assert.Equal(1, json.RootElement.GetProperty("formatVersion").GetInt32());
        Assert.Equal("fail", json.RootElement.GetProperty("verdict").GetString());
        Assert.True(json.RootElement.GetProperty("latency")[0].GetProperty("p50").GetInt64() > 0);
    }
}
