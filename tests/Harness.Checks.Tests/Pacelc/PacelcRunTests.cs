using Harness.Checks.Pacelc;
using Harness.Records;

namespace Harness.Checks.Tests.Pacelc;

public sealed class PacelcRunTests
{
    [Fact]
    public void Takes_from_a_record_its_phases_its_checks_and_what_was_not_ok()
    {
        TestRecord record = TestRecord.Right();
        record.Series.Add(new SeriesSample
        {
            At = TimeSpan.FromSeconds(12),
            Scenarios =
            [
                new ScenarioSample { Scenario = "browse", Phase = Phase.Fault, Dropped = 2 },
                new ScenarioSample { Scenario = "checkout", Step = "place", Phase = Phase.Fault, Errors = new Dictionary<string, long> { ["http-503"] = 4 } },
            ],
            Services = new Dictionary<string, ServiceSample>
            {
                ["orders"] = new(null, null, new Dictionary<string, double> { ["breaker_state{edge=\"orders -> payments\"}"] = 2 }),
            },
        });

        PacelcRun run = PacelcRun.Of(record.Open());

        Assert.Equal(new TimeWindow(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)), run.Partition);
        Assert.Equal((TimeSpan.Zero, TimeSpan.FromSeconds(20)), (run.Normal.From, run.Healing.Until));
        Assert.Equal(2, run.NotSent[("read-product", Phase.Fault)]);
        Assert.Equal(4, run.Errors[("place-order", Phase.Fault, "http-503")]);
        Assert.Equal(TimeSpan.FromSeconds(12), run.BreakerOpened);
        Assert.Equal(7, run.Invariants.Count);
        Assert.All(run.Invariants, result => Assert.NotEqual(Verdict.Fail, result.Verdict));
        Assert.DoesNotContain(ModeScore.Of("m", HandMade.NoSwitches, [run]).Invariants.Checks, check => check.Violations > 0);
    }

    [Fact]
    public void Counts_what_the_checks_of_the_saga_find()
    {
        TestRecord record = TestRecord.Right();
        record.Book[0] = record.Book[0] with { Status = "CANCELLED" };

        Assert.InRange(ModeScore.Of("m", HandMade.NoSwitches, [PacelcRun.Of(record.Open())]).Invariants.Broken.Hits, 1, 40);
    }
}
