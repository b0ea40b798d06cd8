using System.Data;

namespace Harness.Target.Orders.Keeping;

/// <summary>One row an order, which holds its state; what it was before is gone.</summary>
public sealed class StateStorage : IOrderStorage
{
    public (Order Order, bool IsNew) Place(IDbConnection connection, Order order, Action<IDbConnection, Order> begin)
    {
        if (!OrderBook.TryInsert(connection, order))
            return (OrderBook.FindByKey(connection, order.IdempotencyKey)!, false);
        begin(connection, order);
        return (order, true);
    }

    public bool Settle(IDbConnection connection, string id, string status) => OrderBook.TrySettle(connection, id, status);
}
