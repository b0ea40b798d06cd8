using Harness.Checks.Saga;
using Harness.Records;

namespace Harness.Checks.Tests.Saga;

public sealed class OrderStatesCheckTests
{
    [Theory]
    [InlineData("CONFIRMED", "PENDING")]
    [InlineData("CONFIRMED", "CANCELLED")]
    [InlineData("CANCELLED", "CONFIRMED")]
    [InlineData("CANCELLED", "PENDING")]
    public void Fails_an_end_that_was_not_the_end(string first, string then)
    {
        CheckResult result = Ask(Read(1, first, 0, 10), Read(2, then, 11, 20));

        Assert.Equal(Verdict.Fail, result.Verdict);
        Assert.Contains($"was seen as {first}, and later as {then}, at 0.011 s", result.Summary, StringComparison.Ordinal);
        Assert.Equal([Read(1, first, 0, 10), Read(2, then, 11, 20)], result.Witness!.Operations);
    }

    [Fact]
    public void Lets_reads_that_overlap_come_in_either_order() =>
        Assert.Equal(Verdict.Pass, Ask(Read(1, "CONFIRMED", 0, 10), Read(2, "PENDING", 10, 20)).Verdict);

    [Fact]
    public void Goes_by_the_answer_that_came_first_not_by_the_order_in_the_file() =>
        Assert.Equal(Verdict.Fail, Ask(Read(1, "CONFIRMED", 90, 100), Read(2, "PENDING", 20, 30), Read(3, "CONFIRMED", 0, 10)).Verdict);

    [Fact]
    public void Passes_orders_that_move_forward() =>
        Assert.Equal(Verdict.Pass, Ask(Read(1, "PENDING", 0, 10), Read(1, "CONFIRMED", 11, 20), Read(1, "CONFIRMED", 21, 30)).Verdict);

    [Fact]
    public void Fails_a_state_that_no_order_has() => Assert.Equal(Verdict.Fail, Ask(Read(1, "SHIPPED", 0, 10)).Verdict);

    [Fact]
    public void Learns_nothing_from_a_read_without_an_answer() =>
        Assert.Equal(0, Ask(Read(1, "CONFIRMED", 0, 10) with { Outcome = Outcome.Unknown, Value = null }).Numbers["reads"]);

    private static CheckResult Ask(params Operation[] history)
    {
        var record = new TestRecord();
        record.History.AddRange(history);
        return new OrderStatesCheck().Judge(record.Open());
    }

    private static Operation Read(int process, string status, int from, int to) =>
        new(process, "read-order", "order-0", status, TimeSpan.FromMilliseconds(from), TimeSpan.FromMilliseconds(to), Outcome.Ok);
}
