using HdrHistogram;
using Harness.Chaos.Conducting;
using Harness.Chaos.Experiments;
using Harness.Load;

namespace Harness.Chaos.Tests.Conducting;

public sealed class StopRuleTests
{
    private readonly StopRule _rule = new(new AvailabilityStop("checkout", 0.5, TimeSpan.FromSeconds(2)));

    [Fact]
    public void Holds_only_after_the_whole_time_below_the_limit()
    {
        Assert.Null(_rule.After([Second(ok: 1, refused: 9)]));
        Assert.Contains("0.1, below 0.5", _rule.After([Second(ok: 1, refused: 9)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Starts_again_when_one_second_was_good()
    {
        Assert.Null(_rule.After([Second(ok: 0, refused: 9)]));
        Assert.Null(_rule.After([Second(ok: 5, refused: 5)]));
        Assert.Null(_rule.After([Second(ok: 0, refused: 9)]));
    }

    [Fact]
    public void Takes_no_side_when_nothing_was_completed()
    {
        Assert.Null(_rule.After([Second(ok: 0, refused: 9)]));
        Assert.Null(_rule.After([Second(ok: 0, refused: 0)]));
        Assert.NotNull(_rule.After([Second(ok: 0, refused: 9)]));
    }

    [Fact]
    public void Holds_when_the_system_stands_still()
    {
        Assert.Null(_rule.After([Second(ok: 0, refused: 0, open: 20)]));
        Assert.Contains("was 0, below 0.5", _rule.After([Second(ok: 0, refused: 0, open: 40)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_look_at_other_scenarios()
    {
        Assert.Null(_rule.After([Second(ok: 9, refused: 0), Second(ok: 0, refused: 900, scenario: "browse")]));
        Assert.Null(_rule.After([Second(ok: 9, refused: 0), Second(ok: 0, refused: 900, scenario: "browse")]));
    }

    [Fact]
    public void Counts_failures_one_after_the_other_and_forgets_them_after_a_success()
    {
        var rule = new StopRule(new FailuresStop("checkout", 20));

        Assert.Null(rule.After([Second(ok: 0, refused: 15)]));
        Assert.Null(rule.After([Second(ok: 1, refused: 100)]));
        Assert.Null(rule.After([Second(ok: 0, refused: 15)]));
        Assert.Equal("30 iterations of checkout failed one after the other", rule.After([Second(ok: 0, refused: 15)]));
    }

    private static ScenarioInterval Second(long ok, long refused, string scenario = "checkout", long open = 0) => new()
    {
        Scenario = scenario,
        Phase = "fault",
        Ok = ok,
        Refused = refused,
        Open = open,
        Errors = new Dictionary<string, long>(),
        OkResponse = new LongHistogram(1000, 3),
        FailedResponse = new LongHistogram(1000, 3),
        Service = new LongHistogram(1000, 3),
        Lateness = new LongHistogram(1000, 3),
        Steps = [],
    };
}
