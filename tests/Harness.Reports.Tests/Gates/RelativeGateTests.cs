using Harness.Records;
using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

public sealed class RelativeGateTests
{
    [Fact]
    public void A_candidate_that_is_surely_slower_is_red()
    {
        GateResult rule = Rule(RelativeGate.Look(Rounds.Gate(), Rounds.Of(60, candidate: 1.1)));

        Assert.Equal(Verdict.Fail, rule.Verdict);
        Assert.InRange(rule.Estimate!.Value, 0.07, 0.13);
        Assert.InRange(rule.Lower!.Value, 0.025, rule.Estimate.Value);
        Assert.Equal(60, rule.Count);
        Assert.Equal(7, rule.Line);
    }

    [Fact]
    public void The_same_build_is_green() => Assert.Equal(Verdict.Pass, Rule(RelativeGate.Look(Rounds.Gate(), Rounds.Of(60, candidate: 1))).Verdict);

    [Fact]
    public void A_faster_candidate_is_green() => Assert.Equal(Verdict.Pass, Rule(RelativeGate.Look(Rounds.Gate(), Rounds.Of(60, candidate: 0.8))).Verdict);

    [Fact]
    public void Too_few_rounds_decide_nothing() => Assert.Equal(Verdict.Unknown, Rule(RelativeGate.Look(Rounds.Gate(), Rounds.Of(5, candidate: 1.4))).Verdict);

    [Fact]
    public void Where_more_is_better_less_is_red()
    {
        GateFile gate = Rounds.Gate();
        gate = gate with { Relative = [gate.Relative[0] with { HigherIsBetter = true }] };

        Assert.Equal(Verdict.Fail, Rule(RelativeGate.Look(gate, Rounds.Of(60, candidate: 0.8))).Verdict);
        Assert.Equal(Verdict.Pass, Rule(RelativeGate.Look(gate, Rounds.Of(60, candidate: 1.2))).Verdict);
    }

    [Theory]
    [InlineData(1.0, 1.0, 0.0)]
    [InlineData(0.06, 1.2, 0.0)]
    [InlineData(0.06, 1.0, 0.02)]
    public void A_machine_that_proves_nothing_makes_no_build_red(double noise, double again, double late)
    {
        IReadOnlyList<GateResult> found = RelativeGate.Look(Rounds.Gate(), Rounds.Of(60, candidate: 3, noise, again: again, late: late));

        Assert.Equal(Verdict.Unknown, Rule(found).Verdict);
        Assert.Contains(found, result => result is { Layer: GateLayer.Validity, Verdict: Verdict.Unknown });
        Assert.Contains("proves nothing", Rule(found).Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_that_nobody_measured_is_not_decided()
    {
        GateFile gate = Rounds.Gate();
        gate = gate with { Relative = [gate.Relative[0] with { Metric = "cpuPerRequest" }] };

        Assert.Contains("could not be measured in 30 of 30", Rule(RelativeGate.Look(gate, Rounds.Of(30, 1))).Summary, StringComparison.Ordinal);
    }

    private static GateResult Rule(IEnumerable<GateResult> results) => Assert.Single(results, result => result.Layer == GateLayer.Relative);
}
