using System.Text.Json;
using Harness.Reports.Charts;

namespace Harness.Reports.Tests.Charts;

public sealed class ChartDataTests
{
    [Fact]
    public void Writes_nothing_that_could_end_the_script_element_it_stands_in()
    {
        RunFacts facts = HostileRun.Facts();

        string json = ChartData.Of(facts, [LoadCharts.Rate(facts), LoadCharts.Errors(facts)!]).ToJson();

        Assert.DoesNotContain('<', json);
        Assert.Equal(2, JsonDocument.Parse(json).RootElement.GetProperty("charts").GetArrayLength());
    }

    [Fact]
    public void Ends_a_fault_that_was_never_healed_with_the_run()
    {
        RunFacts facts = SampleRun.Facts();
        facts = facts with { Faults = [facts.Faults[0] with { End = null }] };

        Assert.Equal(49, Assert.Single(ChartData.Of(facts, []).Faults).To);
    }
}
