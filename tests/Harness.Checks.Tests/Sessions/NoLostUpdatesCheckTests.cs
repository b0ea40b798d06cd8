using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Tests.Sessions;

public sealed class NoLostUpdatesCheckTests
{
    private readonly NoLostUpdatesCheck _check = new();
    private readonly TestRecord _record = TestRecord.Right();

    [Fact]
    public void Passes_changes_that_made_a_version_each()
    {
        _record.History.AddRange([Write("reprice", "sku-1", 2, 1), Write("restock", "sku-1", 3, 2), Write("reprice", "sku-0", 2, 3)]);

        CheckResult result = _check.Judge(_record.Open());

        Assert.Equal((Verdict.Pass, 3d), (result.Verdict, result.Numbers["writes"]));
    }

    [Fact]
    public void Fails_two_changes_that_made_the_same_version_and_shows_both()
    {
        _record.History.AddRange([Write("reprice", "sku-1", 2, 6), Write("reprice", "sku-1", 2, 6.1), Write("reprice", "sku-1", 3, 7)]);

        CheckResult result = _check.Judge(_record.Open());

        Assert.Equal((Verdict.Fail, 1d, 1d), (result.Verdict, result.Numbers["lostUpdates"], result.Numbers["violations.phase.fault"]));
        Assert.Contains("sku-1 was changed into version 2", result.Witness!.Facts[0], StringComparison.Ordinal);
        Assert.Equal(2, result.Witness.Operations.Count);
    }

    [Fact]
    public void Knows_nothing_when_no_change_was_acknowledged()
    {
        _record.History.Add(Write("reprice", "sku-1", 2, 1) with { Outcome = Outcome.Unknown, Completed = null });

        Assert.Equal(Verdict.Unknown, _check.Judge(_record.Open()).Verdict);
    }

    private static Operation Write(string kind, string sku, long version, double at) =>
        new(1, kind, sku, $"{version}", TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at + 0.01), Outcome.Ok);
}
