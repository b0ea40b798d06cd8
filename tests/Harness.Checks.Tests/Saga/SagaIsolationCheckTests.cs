using Harness.Checks.Saga;
using Harness.Records;

namespace Harness.Checks.Tests.Saga;

public sealed class SagaIsolationCheckTests
{
    private readonly TestRecord _record = TestRecord.Right();

    public SagaIsolationCheckTests()
    {
        for (int i = 0; i < _record.Products.Count; i++)
            _record.Products[i] = _record.Products[i] with { Version = 1 + _record.Journal.Count(m => m.Sku == _record.Products[i].Sku) };
    }

    [Fact]
    public void Counts_nothing_where_nobody_read_a_product()
    {
        CheckResult found = Judge();

        Assert.Equal((Verdict.Pass, 0, 0, 0), (found.Verdict, found.Numbers["lostUpdates"], found.Numbers["dirtyReads"], found.Numbers["fuzzyReads"]));
        Assert.Null(found.Witness);
    }

    [Fact]
    public void Counts_a_movement_and_a_balance_that_did_not_build_on_the_one_before()
    {
        _record.Journal[4] = _record.Journal[4] with { Reserved = _record.Journal[4].Reserved + 1 };
        _record.Accounts[0] = _record.Accounts[0] with { BalanceCents = 1 };

        // The next movement does not build on the wrong one either.
        Assert.Equal(3, Judge().Numbers["lostUpdates"]);
    }

    [Fact]
    public void Counts_a_read_while_stock_was_promised_to_an_order_that_gave_it_back()
    {
        StockMovement release = _record.Journal.First(m => m.Kind == "release");
        StockMovement[] ofProduct = [.. _record.Journal.Where(m => m.Sku == release.Sku)];
        int reserved = Array.FindIndex(ofProduct, m => m.OrderId == release.OrderId && m.Kind == "reserve") + 2;
        _record.History.AddRange([Read(1, release.Sku, reserved - 1, 1), Read(2, release.Sku, reserved, 2), Read(3, release.Sku, reserved + 1, 3)]);
        CheckResult found = Judge();

        Assert.Equal((1, 0), (found.Numbers["dirtyReads"], found.Numbers["fuzzyReads"]));
        Assert.Contains($"promised to order {release.OrderId}, which gave it back, at 2.000 s", found.Witness!.Facts[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Says_nothing_of_versions_that_the_journal_does_not_explain()
    {
        _record.Products[0] = _record.Products[0] with { Version = 999 };
        _record.History.Add(Read(1, _record.Products[0].Sku, 3, 1));

        Assert.Contains("0 of 0 reads dirty", Judge().Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_a_second_read_by_the_same_client_that_saw_something_else()
    {
        _record.History.AddRange([Read(1, "sku-0", 1, 1), Read(1, "sku-0", 1, 2), Read(1, "sku-0", 2, 3), Read(2, "sku-0", 1, 4)]);
        CheckResult found = Judge();

        Assert.Equal((1, 5_000), (found.Numbers["fuzzyReads"], found.Numbers["fuzzyReadsPer10000"]));
    }

    private CheckResult Judge() => new SagaIsolationCheck().Judge(_record.Open());

    private static Operation Read(int process, string sku, long version, double at) =>
        new(process, "read-product", sku, $"{version}", TimeSpan.FromSeconds(at), TimeSpan.FromSeconds(at + 0.01), Outcome.Ok);
}
