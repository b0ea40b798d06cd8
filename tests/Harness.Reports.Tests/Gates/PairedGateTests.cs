using Harness.Records;
using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

public sealed class PairedGateTests
{
    private readonly List<(int Attempt, int Rounds)> _looks = [];

    [Fact]
    public async Task A_red_is_measured_again_before_it_is_believed()
    {
        GateResult rule = await RuleAsync(attempt => 1.5);

        Assert.Equal(Verdict.Fail, rule.Verdict);
        Assert.Equal([(0, 30), (1, 30)], _looks);
        Assert.Contains("Measured twice", rule.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_red_that_does_not_come_again_decides_nothing()
    {
        GateResult rule = await RuleAsync(attempt => attempt == 0 ? 1.5 : 1);

        Assert.Equal(Verdict.Unknown, rule.Verdict);
        Assert.Contains("Not confirmed", rule.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_decided_at_the_first_look_is_not_measured_longer()
    {
        Assert.Equal(Verdict.Pass, (await RuleAsync(_ => 1)).Verdict);
        Assert.Equal([(0, 30)], _looks);
    }

    [Fact]
    public async Task What_is_not_decided_is_measured_up_to_the_limit()
    {
        Assert.Equal(Verdict.Unknown, (await RuleAsync(_ => 1.055, noise: 0.15)).Verdict);
        Assert.Equal([(0, 30), (0, 60)], _looks);
    }

    private async Task<GateResult> RuleAsync(Func<int, double> candidate, double noise = 0.06)
    {
        IReadOnlyList<GateResult> found = await PairedGate.RunAsync(
            Rounds.Gate(),
            (attempt, count, _) => ValueTask.FromResult(Rounds.Of(count, candidate(attempt), noise, seed: 3 + attempt + (10 * _looks.Count))),
            (attempt, rounds) => _looks.Add((attempt, rounds)),
            TestContext.Current.CancellationToken);
        return found.Single(result => result.Layer == GateLayer.Relative);
    }
}
