using Harness.Checks.Saga;
using Harness.Records;

namespace Harness.Checks.Tests.Saga;

public sealed class IdempotencyKeysBindCheckTests
{
    private readonly IdempotencyKeysBindCheck _check = new();
    private readonly TestRecord _record = TestRecord.Right();

    [Fact]
    public void Passes_keys_that_were_refused_for_another_order()
    {
        _record.History.AddRange([Reuse("key-1", null, Outcome.Refused), Reuse("key-2", null, Outcome.Unknown)]);

        CheckResult result = _check.Judge(_record.Open());

        Assert.Equal((Verdict.Pass, 1d), (result.Verdict, result.Numbers["refused"]));
    }

    [Fact]
    public void Fails_a_key_that_was_answered_with_its_first_order()
    {
        _record.History.AddRange([Reuse("key-1", null, Outcome.Refused), Reuse("key-2", "order-2", Outcome.Ok)]);

        CheckResult result = _check.Judge(_record.Open());

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Contains("Key key-2 came again with another order and was answered with order order-2", result.Witness!.Facts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_nothing_when_nobody_tried_or_nobody_was_answered()
    {
        Assert.Equal(Verdict.Unknown, _check.Judge(_record.Open()).Verdict);
        _record.History.Add(Reuse("key-1", null, Outcome.Unknown));
        Assert.Equal(Verdict.Unknown, _check.Judge(_record.Open()).Verdict);
    }

    private static Operation Reuse(string key, string? order, Outcome outcome) =>
        new(1, "reuse-key", key, order, TimeSpan.FromSeconds(1), outcome == Outcome.Unknown ? null : TimeSpan.FromSeconds(1.1), outcome);
}
