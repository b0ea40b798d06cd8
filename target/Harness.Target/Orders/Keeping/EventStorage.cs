using System.Data;

namespace Harness.Target.Orders.Keeping;

/// <summary>
/// What happened is what is kept; the state is made from it by replaying, without snapshots, since an order has two events. The table <c>orders</c>
/// is a projection for readers, written in the same transaction, and can be made anew from the events (<see cref="Projection"/>).
/// </summary>
public sealed class EventStorage : IOrderStorage
{
    public (Order Order, bool IsNew) Place(IDbConnection connection, Order order, Action<IDbConnection, Order> begin)
    {
        if (!OrderEvents.TryAppend(connection, OrderEvent.OfPlacing(order), order.IdempotencyKey))
            return (OrderBook.FindByKey(connection, order.IdempotencyKey)!, false);
        Projection.Write(connection, order);
        begin(connection, order);
        return (order, true);
    }

    public bool Settle(IDbConnection connection, string id, string status)
    {
        while (true)
        {
            var order = OrderEvents.Replay(connection, id) ?? throw new InvalidOperationException($"There is no order {id}.");
            if (order.Status != OrderBook.Pending)
                return false;
            var happened = OrderEvent.OfSettling(order, status);
            if (!OrderEvents.TryAppend(connection, happened))
                continue; // Somebody else was faster: what is decided is decided on what that made of it.
            Projection.Write(connection, happened.Apply(order));
            return true;
        }
    }
}
