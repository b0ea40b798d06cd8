using HdrHistogram;
using Harness.Records;
using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

public sealed class RecordGateTests
{
    private static readonly RunFacts Run = Sound(SampleRun.Facts());
    private static readonly Dictionary<string, double> NoBaseline = [];

    [Fact]
    public void An_exact_count_is_red_by_one_and_green_at_its_limit()
    {
        double failed = RecordMetrics.Of(Run)["checks.failed"];
        Assert.Equal(Verdict.Pass, Judge(Exact(max: new(failed))).Verdict);
        Assert.Equal(Verdict.Fail, Judge(Exact(max: new(failed - 1))).Verdict);
        Assert.Equal(Verdict.Pass, Judge(Exact(equal: new(failed))).Verdict);
        Assert.Equal(Verdict.Fail, Judge(Exact(equal: new(failed + 1))).Verdict);
        Assert.Equal(Verdict.Fail, Judge(Exact(min: new(failed + 1))).Verdict);
    }

    [Fact]
    public void One_more_load_a_request_is_red_against_the_baseline_however_small()
    {
        ExactRule rule = Exact(max: new(null)) with { Metric = "payments.charges_total", Per = "checkout" };
        double now = Judge(rule).Estimate!.Value;

        Assert.Equal(Verdict.Pass, Judge(rule, new() { [rule.Text] = now }).Verdict);
        Assert.Equal(Verdict.Fail, Judge(rule, new() { [rule.Text] = now - 0.001 }).Verdict);
        Assert.Equal(Verdict.Pass, Judge(rule with { WithinRatio = 0.01 }, new() { [rule.Text] = now * 0.995 }).Verdict);
        Assert.Equal(Verdict.Unknown, Judge(rule).Verdict);
    }

    [Fact]
    public void A_count_that_no_record_has_is_not_decided_and_names_those_there_are()
    {
        GateResult result = Judge(Exact(max: new(0)) with { Metric = "checks.faild" });

        Assert.Equal(Verdict.Unknown, result.Verdict);
        Assert.Contains("checks.failed", result.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_latency_is_green_red_or_undecided_by_where_its_bounds_lie()
    {
        GateResult wide = Judge(Latency(3_600_000_000));
        Assert.Equal(Verdict.Pass, wide.Verdict);
        Assert.True(wide.Lower < wide.Estimate && wide.Estimate < wide.Upper, wide.Summary);
        Assert.Equal(Verdict.Fail, Judge(Latency(wide.Lower!.Value - 1)).Verdict);
        Assert.Equal(Verdict.Unknown, Judge(Latency((wide.Lower.Value + wide.Upper!.Value) / 2)).Verdict);
    }

    [Fact]
    public void Availability_is_held_to_its_lower_bound()
    {
        var rule = new AbsoluteRule { Metric = "availability", Text = "availability", Scenario = "checkout", Phase = Phase.Fault, Limit = new(0) };
        GateResult found = Judge(rule);

        Assert.Equal(Verdict.Pass, found.Verdict);
        Assert.Equal(Verdict.Unknown, Judge(rule with { Limit = new(found.Estimate) }).Verdict);
        Assert.Equal(Verdict.Fail, Judge(rule with { Limit = new(found.Upper + 1e-9) }).Verdict);
    }

    [Fact]
    public void A_run_that_was_not_valid_makes_no_limit_red()
    {
        var doubted = new CheckResult { Name = "generator-kept-up", Kind = ResultKind.Validity, Verdict = Verdict.Fail, Summary = "It did not." };
        RunFacts run = Run with { Verdict = Run.Verdict with { Results = [doubted] } };

        IReadOnlyList<GateResult> found = RecordGate.Judge(Gate(absolute: Latency(1)), [run], NoBaseline);

        Assert.Equal([GateLayer.Validity, GateLayer.Absolute], found.Select(result => result.Layer));
        Assert.All(found, result => Assert.Equal(Verdict.Unknown, result.Verdict));
    }

    [Theory]
    [InlineData(0.1, Verdict.Fail)]
    [InlineData(0.6, Verdict.Unknown)]
    public void Leaves_a_limit_undecided_that_was_missed_while_others_had_the_processors(double others, Verdict expected)
    {
        RunFacts run = Run with
        {
            Description = Run.Description with { Environment = "local" },
            Events = [.. Run.Events, new TimelineEvent { At = TimeSpan.FromSeconds(9), Kind = EventKind.PhaseEnded, Subject = "fault", Numbers = new Dictionary<string, double> { ["othersCpuRatio"] = others } }],
        };

        Assert.Equal(expected, RecordGate.Judge(Gate(absolute: Latency(1)), [run], NoBaseline).Single().Verdict);
    }

    [Theory]
    [InlineData(1, Verdict.Fail)]
    [InlineData(900, Verdict.Unknown)]
    public void A_latency_above_its_limit_proves_nothing_when_the_load_itself_was_that_late(double milliseconds, Verdict expected)
    {
        var histogram = new LongHistogram(1, 3_600_000_000, 3);
        histogram.RecordValueWithCount((long)(milliseconds * 1000), 100_000);
        AbsoluteRule rule = Latency(1);
        var late = new LatencyInterval(new LatencyTag(rule.Phase, rule.Scenario, LatencyTag.Lateness), TimeSpan.Zero, TimeSpan.FromSeconds(1), histogram);
        RunFacts run = Run with { Latency = [.. Run.Latency, late] };

        GateResult found = RecordGate.Judge(Gate(absolute: rule), [run], NoBaseline).Single();

        Assert.Equal(expected, found.Verdict);
        Assert.Equal(expected == Verdict.Unknown, found.Summary.Contains("was sent 900 ms late", StringComparison.Ordinal));
    }

    [Fact]
    public void Checks_without_an_answer_are_no_green()
    {
        var silent = new CheckResult { Name = "money-conserved", Kind = ResultKind.Check, Verdict = Verdict.Unknown, Summary = "There is no audit." };
        RunFacts run = Run with { Verdict = Run.Verdict with { Results = [silent] } };

        Assert.Equal(Verdict.Unknown, RecordGate.Judge(Gate(Exact(max: new(0))), [run], NoBaseline).Single().Verdict);
    }

    [Fact]
    public void An_exact_rule_must_hold_in_every_run()
    {
        RunFacts clean = Run with { Verdict = Run.Verdict with { Results = [] } };
        Assert.Equal(Verdict.Fail, RecordGate.Judge(Gate(Exact(max: new(0))), [clean, Run], NoBaseline)[^1].Verdict);
    }

    private static RunFacts Sound(RunFacts run) => run with
    {
        Verdict = run.Verdict with { Results = [.. run.Verdict.Results.Where(result => result.Kind != ResultKind.Validity)] },
    };

    private static GateResult Judge(GateRule rule, Dictionary<string, double>? baseline = null) =>
        RecordGate.Judge(Gate(rule as ExactRule, rule as AbsoluteRule), [Run], baseline ?? NoBaseline).Single();

    private static GateFile Gate(ExactRule? exact = null, AbsoluteRule? absolute = null) => new()
    {
        Name = "orders",
        File = "gates/orders.yaml",
        Exact = exact is null ? [] : [exact],
        Absolute = absolute is null ? [] : [absolute],
    };

    private static ExactRule Exact(Limit? max = null, Limit? min = null, Limit? equal = null) =>
        new() { Metric = "checks.failed", Text = "the rule", Max = max, Min = min, Equal = equal };

    private static AbsoluteRule Latency(double microseconds) => new()
    {
        Metric = "latency.p50",
        Quantile = 0.5m,
        Text = "p50",
        Scenario = "browse",
        Phase = Phase.Baseline,
        Limit = new(microseconds),
    };
}
