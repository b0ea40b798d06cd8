using System.Collections.Concurrent;
using System.Data;
using Dapper;
using Harness.Target.Inventory;
using Harness.Target.Orders;
using Harness.Target.Payments;
using Harness.Target.Storage;

namespace Harness.Target.Tests.Orders.Sagas;

/// <summary>What the books of the three services must say of orders whose sagas have all ended, whatever happened on the way.</summary>
internal sealed class SagaBooks(int orderCount, long balance, long stock)
{
    /// <param name="orders">The orders.</param>
    /// <param name="payments">The money of one customer.</param>
    /// <param name="inventory">One product.</param>
    /// <param name="ends">Counts how they ended.</param>
    public void AssertAgree(IStore orders, IStore payments, IStore inventory, ConcurrentDictionary<string, int> ends)
    {
        var all = orders.Read(OrderBook.Audit).Orders;
        Assert.Equal(orderCount, all.Count);
        foreach (var order in all)
        {
            var payment = payments.Read(c => PaymentBook.Find(c, order.Id));
            var taken = inventory.Read(c => Shelf.StatusOf(c, order.Id));
            ends.AddOrUpdate(order.Status, 1, (_, n) => n + 1);
            if (order.Status == OrderBook.Confirmed)
                Assert.Equal((PaymentBook.Captured, "SOLD"), (payment, taken));
            else
                Assert.True(order.Status == OrderBook.Cancelled && payment is PaymentBook.Declined or PaymentBook.Refunded && taken == "REFUSED", $"{order.Status}: {payment}, {taken}");
        }

        var sold = all.Where(order => order.Status == OrderBook.Confirmed).ToList();
        Assert.Equal(0, payments.Read(c => Number(c, "SELECT coalesce(sum(amount_cents), 0) FROM ledger")));
        Assert.Equal(balance - sold.Sum(order => order.AmountCents), payments.Read(c => Number(c, "SELECT balance_cents FROM accounts WHERE id = 'customer-1'")));
        Assert.Equal(0, inventory.Read(c => Number(c, "SELECT reserved FROM products")));
        Assert.Equal(stock - sold.Sum(order => order.Quantity), inventory.Read(c => Number(c, "SELECT on_hand FROM products")));
    }

    private static long Number(IDbConnection connection, string sql) => connection.ExecuteScalar<long>(sql);
}
