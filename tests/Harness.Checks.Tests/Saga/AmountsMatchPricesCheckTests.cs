using Harness.Checks.Saga;
using Harness.Records;

namespace Harness.Checks.Tests.Saga;

public sealed class AmountsMatchPricesCheckTests
{
    private readonly TestRecord _record = TestRecord.Right();

    [Fact]
    public void Passes_orders_that_cost_what_their_products_cost()
    {
        Price();

        Assert.Equal(Verdict.Pass, Judge().Verdict);
    }

    [Fact]
    public void Fails_an_order_that_costs_something_else_and_shows_it()
    {
        Price();
        AuditedOrder order = _record.Book[3];
        _record.Book[3] = order with { AmountCents = order.AmountCents + 1 };

        CheckResult found = Judge();

        Assert.Equal(Verdict.Fail, found.Verdict);
        Assert.Contains(order.Id, Assert.Single(found.Witness!.Facts), StringComparison.Ordinal);
    }

    [Fact]
    public void Does_not_know_when_orders_could_not_be_asked()
    {
        Price();
        _record.Missing.Add("orders");

        Assert.Equal(Verdict.Unknown, Judge().Verdict);
    }

    /// <summary>Every product costs 7 cents, and every order accordingly.</summary>
    private void Price()
    {
        for (int i = 0; i < _record.Products.Count; i++)
            _record.Products[i] = _record.Products[i] with { PriceCents = 7 };
        for (int i = 0; i < _record.Book.Count; i++)
            _record.Book[i] = _record.Book[i] with { AmountCents = 7 * _record.Book[i].Quantity };
    }

    private CheckResult Judge() => new AmountsMatchPricesCheck().Judge(_record.Open());
}
