using Harness.Records;
using Harness.Reports.Charts;

namespace Harness.Reports.Tests.Charts;

public sealed class LoadChartsTests
{
    [Fact]
    public void Shows_two_seconds_in_one_late_sample_at_their_true_rate()
    {
        Chart rate = LoadCharts.Rate(Run((1, [Second(100)]), (3.2, [Second(100), Second(90)]), (3.4, []), (4, [Second(80)])));

        Assert.Equal([1, 3.2, 4], rate.At);
        Assert.Equal([100, 95, 80], rate.Lines.Single(l => l.Name == "s asked").Values);
    }

    [Fact]
    public void Does_not_halve_the_last_second_for_what_only_ends_after_it()
    {
        Chart rate = LoadCharts.Rate(Run((1, [Second(100), new ScenarioSample { Scenario = "s", Phase = Phase.Baseline, Ok = 1 }])));

        Assert.Equal([100], rate.Lines.Single(l => l.Name == "s asked").Values);
    }

    [Fact]
    public void Leaves_a_gap_in_the_availability_of_a_second_in_which_nothing_ended()
    {
        Chart chart = LoadCharts.Availability(Run(
            (1, [Second(100) with { Ok = 99, Unknown = 1 }]),
            (2, [new ScenarioSample { Scenario = "s", Phase = Phase.Baseline, Due = 100, Open = 100 }])));

        Assert.Equal([0.99, null], Assert.Single(chart.Lines).Values);
    }

    [Fact]
    public void Has_no_chart_of_errors_where_there_were_none() => Assert.Null(LoadCharts.Errors(Run((1, [Second(100)]))));

    private static ScenarioSample Second(long due) => new() { Scenario = "s", Phase = Phase.Baseline, Due = due, Ok = due };

    private static RunFacts Run(params (double At, ScenarioSample[] Scenarios)[] seconds) => SampleRun.Facts() with
    {
        Description = SampleDescription.Of([]) with { Load = [new PlannedLoad("s", "constant", 100)] },
        Latency = [],
        Series = [.. seconds.Select(s => new SeriesSample { At = SampleRun.Seconds(s.At), Scenarios = s.Scenarios })],
    };
}
