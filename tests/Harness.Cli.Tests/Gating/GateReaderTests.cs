using Harness.Chaos.Experiments;
using Harness.Cli.Gating;
using Harness.Records;
using Harness.Reports.Gates;

namespace Harness.Cli.Tests.Gating;

public sealed class GateReaderTests
{
    [Fact]
    public void Reads_every_kind_of_rule()
    {
        GateFile gate = Read("""
            version: 1
            gate: orders
            baseline: baseline.json
            alpha: 5%
            design: { rounds: 20, maxRounds: 60, block: 500ms, rate: 50/s, seed: 42, confirm: 0 }
            candidate: { set: { reads: strong } }
            exact:
              - { metric: checks.failed, max: 0 }
              - { metric: inventory.cache_loads_total, per: browse, equals: baseline, within: 1% }
            absolute:
              - { metric: availability, scenario: checkout, phase: fault, min: 0.95 }
              - { metric: latency.p99.9, scenario: browse, max: 500ms, confidence: 0.95 }
            relative:
              - { metric: latency.p50, failAbove: 2.5%, passBelow: 10% }
            """);

        Assert.Equal((0.05, 42, 3), (gate.Alpha, gate.Design.Seed, gate.Design.Looks));
        Assert.Equal(new Limit(0), gate.Exact[0].Max);
        Assert.Equal((new Limit(null), "browse", 0.01), (gate.Exact[1].Equal, gate.Exact[1].Per, gate.Exact[1].WithinRatio));
        Assert.Equal((null, Phase.Fault, new Limit(0.95)), (gate.Absolute[0].Quantile, gate.Absolute[0].Phase, gate.Absolute[0].Limit));
        Assert.Equal((0.999m, Phase.Baseline, new Limit(500_000)), (gate.Absolute[1].Quantile, gate.Absolute[1].Phase, gate.Absolute[1].Limit));
        Assert.Equal("metric latency.p50, failAbove 2.5%, passBelow 10%", gate.Relative[0].Text);
        Assert.Equal(14, gate.Relative[0].Line);
        Assert.Equal("strong", gate.Candidate.Set["reads"]);
    }

    [Fact]
    public void Tells_every_problem_at_once_with_its_place_and_value()
    {
        IReadOnlyList<Problem> problems = GateReader.Parse("""
            gate: orders
            alhpa: 0.01
            design: { rounds: 20, maxRounds: 50, block: soon }
            candidate: { target: nowhere.dll }
            exact:
              - { metric: checks.failed }
              - { metric: checks.failed, max: none }
            absolute:
              - { metric: latency.p990, scenario: brows, max: 1s }
            relative:
              - { metric: latency.p51, failAbove: 10%, passBelow: 5% }
            """, "gate.yaml").Problems;

        Assert.Equal(
            [
                "gate.yaml:2:1: alhpa: unknown key; did you mean 'alpha'?",
                "gate.yaml:3:34: design.maxRounds: 50 is not a multiple of rounds, 20",
                "gate.yaml:3:45: design.block: 'soon' is not a duration such as 250ms, 3s or 1m30s",
                "gate.yaml:4:22: candidate.target: 'nowhere.dll' does not exist; name the order system's built .dll",
                "gate.yaml:6:5: exact[0].max: is missing: give max, min or equals",
                "gate.yaml:7:35: exact[1].max: 'none' is not a number, or 'baseline'",
                "gate.yaml:9:15: absolute[0].metric: 'latency.p990' is not known; did you mean 'latency.p99'?",
                "gate.yaml:9:39: absolute[0].scenario: 'brows' is not known; did you mean 'browse'?",
                "gate.yaml:11:15: relative[0].metric: 'latency.p51' is not known; did you mean 'latency.p50'?",
                "gate.yaml:11:55: relative[0].passBelow: 0.05 must be above failAbove, 0.1",
            ],
            problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("gate: x", "there are no rules")]
    [InlineData("gate: x\nexact: [{ metric: a, max: baseline }]", "a rule compares with the baseline")]
    [InlineData("exact: [{ metric: a, max: 1 }]", "gate: is missing")]
    [InlineData("gate: x\nexact: 7", "needs a list")]
    [InlineData("version: 2\ngate: x\nexact: [{ metric: a, max: 1 }]", "this build reads version 1")]
    [InlineData("gate: x\ncontrol: { build: no-such-branch }\nrelative: [{ metric: latency.p50 }]", "'no-such-branch' is no revision of the repository")]
    [InlineData("- a", "needs one document")]
    [InlineData("a: [", "is no YAML")]
    public void Refuses_what_is_no_gate(string yaml, string why)
    {
        (GateFile? gate, IReadOnlyList<Problem> problems) = GateReader.Parse(yaml, "gate.yaml");

        Assert.Null(gate);
        Assert.Contains(problems, problem => problem.Message.Contains(why, StringComparison.Ordinal));
    }

    private static GateFile Read(string yaml)
    {
        (GateFile? gate, IReadOnlyList<Problem> problems) = GateReader.Parse(yaml, "gate.yaml");
        Assert.Empty(problems);
        return gate!;
    }
}
