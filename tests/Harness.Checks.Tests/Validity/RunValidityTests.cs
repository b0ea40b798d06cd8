using Harness.Records;

namespace Harness.Checks.Tests.Validity;

public sealed class RunValidityTests
{
    private readonly TestRecord _record = TestRecord.Right();

    [Theory]
    [InlineData(EventKind.StopConditionMet, "A stop condition ended the run at 7.000 s, phase fault, under payments-cut.")]
    [InlineData(EventKind.Interrupted, "The run was interrupted at 7.000 s")]
    [InlineData(EventKind.ProcessExited, "A process ended by itself at 7.000 s")]
    [InlineData(EventKind.HarnessFailed, "The harness or its environment broke at 7.000 s")]
    public void Says_why_a_run_did_not_complete(EventKind kind, string says)
    {
        _record.Events.Add(TimelineOfTheRun.Event(7, kind));

        Assert.StartsWith(says, Result("run-completed", Verdict.Fail).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_know_whether_a_run_completed_whose_record_breaks_off()
    {
        _record.Events.RemoveAll(e => e.Kind == EventKind.RunEnded);

        Assert.Contains("ends before the run did", Result("run-completed", Verdict.Unknown).Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, 5.0, Verdict.Pass)]
    [InlineData(30, 5.1, Verdict.Fail)]
    [InlineData(200, 20, Verdict.Pass)]
    [InlineData(200, 20.2, Verdict.Fail)]
    [InlineData(5000, 49.9, Verdict.Pass)]
    [InlineData(5000, 50.2, Verdict.Fail)]
    public void Wants_99_of_100_arrivals_sent_within_a_tenth_of_the_tightest_latency_that_is_judged(double limit, double lateMilliseconds, Verdict expected)
    {
        _record.Expect.Add(new LatencyExpectation("checkout", null, Phase.Fault, 0.99m, TimeSpan.FromSeconds(6)));
        _record.Expect.Add(new LatencyExpectation("checkout", null, Phase.Fault, 0.99m, TimeSpan.FromMilliseconds(limit)));
        var tag = new LatencyTag(Phase.Recovery, "browse", LatencyTag.Lateness);
        _record.Latency.Add(TimelineOfTheRun.Interval(tag, Enumerable.Repeat(lateMilliseconds - 0.01, 10)));

        Result("generator-kept-up", expected);
    }

    [Theory]
    [InlineData(49, Verdict.Pass)]
    [InlineData(52, Verdict.Fail)]
    public void Bears_more_where_no_latency_is_judged_but_not_another_load(double lateMilliseconds, Verdict expected)
    {
        _record.Latency.Add(TimelineOfTheRun.Interval(new LatencyTag(Phase.Recovery, "browse", LatencyTag.Lateness), Enumerable.Repeat(lateMilliseconds, 10)));

        Result("generator-kept-up", expected);
    }

    [Fact]
    public void Takes_no_chances_with_thresholds_that_may_ask_for_anything()
    {
        _record.Expect.Add(new ThresholdExpectation("checkout", null, "p99 < 3s"));
        _record.Latency.Add(TimelineOfTheRun.Interval(new LatencyTag(Phase.Recovery, "browse", LatencyTag.Lateness), Enumerable.Repeat(6.0, 10)));

        Result("generator-kept-up", Verdict.Fail);
    }

    [Theory]
    [InlineData(3, Verdict.Pass)]     // of 300
    [InlineData(4, Verdict.Fail)]
    public void Wants_no_more_than_1_of_100_arrivals_dropped(long dropped, Verdict expected)
    {
        _record.Series.Add(new SeriesSample
        {
            At = TimeSpan.FromSeconds(30),
            Scenarios = [new ScenarioSample { Scenario = "checkout", Phase = Phase.Baseline, Dropped = dropped }],
        });

        Result("generator-kept-up", expected);
    }

    [Fact]
    public void Forgives_a_generator_that_was_late_while_warming_up()
    {
        _record.Latency.Add(TimelineOfTheRun.Interval(new LatencyTag(Phase.Warmup, "checkout", LatencyTag.Lateness), Enumerable.Repeat(500.0, 100)));

        Result("generator-kept-up", Verdict.Pass);
    }

    [Fact]
    public void Does_not_know_how_a_generator_did_that_had_nothing_to_do()
    {
        _record.Series.Clear();

        Result("generator-kept-up", Verdict.Unknown);
    }

    [Fact]
    public void Misses_a_fault_that_was_never_put_in_place()
    {
        _record.Events.RemoveAll(e => e.Subject == TestRecord.Fault);

        Assert.Contains("never put in place", Result("fault-observed: payments-cut", Verdict.Fail).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Misses_the_healing_of_a_fault()
    {
        _record.Events.RemoveAll(e => e.Kind == EventKind.FaultHealed);

        Assert.Contains("never healed", Result("fault-observed: payments-cut", Verdict.Fail).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_content_with_a_fault_that_touched_nothing()
    {
        int at = _record.Events.FindIndex(e => e.Kind == EventKind.FaultEvidence);
        _record.Events[at] = _record.Events[at] with { Numbers = new Dictionary<string, double> { ["connections"] = 0, ["bytes"] = 0 } };

        Assert.Contains("touched nothing: connections 0", Result("fault-observed: payments-cut", Verdict.Fail).Summary, StringComparison.Ordinal);
    }

    private CheckResult Result(string name, Verdict expected)
    {
        CheckResult result = Judge.Of(_record.Open()).Results.Single(r => r.Name == name);
        Assert.Equal((expected, ResultKind.Validity), (result.Verdict, result.Kind));
        return result;
    }
}
