using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports.Tests.Figures;

public sealed class OutcomeRowTests
{
    [Fact]
    public void Adds_counts_up_and_keeps_the_last_level_of_what_is_open()
    {
        OutcomeRow row = Assert.Single(OutcomeRow.Of(Run(
            new ScenarioSample { Scenario = "s", Phase = Phase.Fault, Due = 10, Ok = 4, Open = 6 },
            new ScenarioSample { Scenario = "s", Phase = Phase.Fault, Ok = 2, Refused = 1, Unknown = 1, Open = 2 })));

        Assert.Equal((10, 6, 1, 1, 2, 0), (row.Due, row.Ok, row.Refused, row.Unknown, row.Open, row.Missing));
        Assert.Equal(0.6, row.OkRatio);
    }

    [Fact]
    public void Tells_arrivals_that_the_record_lost()
    {
        OutcomeRow row = Assert.Single(OutcomeRow.Of(Run(new ScenarioSample { Scenario = "s", Phase = Phase.Fault, Due = 10, Ok = 7 })));

        Assert.Equal(3, row.Missing);
    }

    [Fact]
    public void Counts_a_step_by_what_ended_because_it_is_never_due()
    {
        OutcomeRow row = Assert.Single(OutcomeRow.Of(Run(
            new ScenarioSample { Scenario = "s", Step = "place", Phase = Phase.Fault, Ok = 3, Refused = 1 })));

        Assert.Equal((0.75, 0), (row.OkRatio, row.Missing));
    }

    private static RunFacts Run(params ScenarioSample[] samples) => SampleRun.Facts() with
    {
        Series = [.. samples.Select((sample, i) => new SeriesSample { At = TimeSpan.FromSeconds(i + 1), Scenarios = [sample] })],
    };
}
