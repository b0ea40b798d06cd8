using Dapper;
using Harness.Target.Payments;
using Harness.Target.Storage;
using Microsoft.Data.Sqlite;

namespace Harness.Target.Tests.Payments;

/// <summary>On books in memory.</summary>
public sealed class PaymentBookTests : IDisposable
{
    private const long Amount = 29; // 29 / 100.0 · 100 is a little less than 29.
    private readonly SqliteConnection _books = new("Data Source=:memory:");

    public PaymentBookTests()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        _books.Open();
        PaymentBook.Migrate(_books, SqlDialect.Sqlite, customers: 1, balanceCents: 1000);
    }

    public void Dispose() => _books.Dispose();

    [Theory]
    [InlineData(Bug.None, 1000)]
    [InlineData(Bug.RefundForgotten, 971)]
    [InlineData(Bug.RefundTwice, 1029)]
    [InlineData(Bug.CentLostInRefund, 999)]
    [InlineData(Bug.ChargeRetriedWithoutKey, 971)]
    public void Leaves_the_customer_with_this_after_a_charge_and_a_refund_that_came_twice_each(Bug bug, long cents)
    {
        var book = new PaymentBook(bug);
        Charge(book, "someone-else", 500); // The merchant must have something to give back by mistake.
        _books.Execute("UPDATE accounts SET balance_cents = 1000 WHERE id = 'customer-1'");

        Charge(book, "order", Amount);
        Charge(book, "order", Amount);
        Refund(book, "order", Amount);
        Refund(book, "order", Amount);

        Assert.Equal(cents, _books.ExecuteScalar<long>("SELECT balance_cents FROM accounts WHERE id = 'customer-1'"));
    }

    [Fact]
    public void Says_when_each_entry_was_written()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        Charge(new PaymentBook(Bug.None), "order", Amount);

        Assert.All(PaymentsAudit.Take(_books, default).Ledger, entry =>
            Assert.InRange(DateTimeOffset.FromUnixTimeMilliseconds(entry.AtMicros / 1000), before, DateTimeOffset.UtcNow.AddSeconds(1)));
    }

    private void Charge(PaymentBook book, string order, long cents) => book.Charge(_books, order, "customer-1", cents);

    private void Refund(PaymentBook book, string order, long cents) => book.Refund(_books, order, "customer-1", cents);
}
