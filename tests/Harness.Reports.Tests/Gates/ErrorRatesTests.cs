using Harness.Reports.Gates;

namespace Harness.Reports.Tests.Gates;

public sealed class ErrorRatesTests
{
    [Fact]
    public async Task Equal_builds_are_red_in_less_than_one_of_a_hundred_and_slower_ones_nearly_always()
    {
        IReadOnlyList<PairedRound> equal = Rounds.Of(120, candidate: 1);

        ErrorRates same = await ErrorRates.ResampleAsync(Rounds.Gate(), equal, 1, 400, seed: 9, TestContext.Current.CancellationToken);
        ErrorRates slower = await ErrorRates.ResampleAsync(Rounds.Gate(), equal, 1.1, 100, seed: 9, TestContext.Current.CancellationToken);

        Assert.InRange(same.RedRatio, 0, 0.01);
        Assert.InRange(slower.RedRatio, 0.9, 1);
        Assert.InRange(slower.MeanRounds, 60, 120);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_gates()
    {
        IReadOnlyList<PairedRound> equal = Rounds.Of(60, candidate: 1);

        ErrorRates one = await ErrorRates.ResampleAsync(Rounds.Gate(), equal, 1.06, 40, seed: 4, TestContext.Current.CancellationToken);

        Assert.Equal(one, await ErrorRates.ResampleAsync(Rounds.Gate(), equal, 1.06, 40, seed: 4, TestContext.Current.CancellationToken));
    }
}
