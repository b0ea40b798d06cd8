using System.Data;

namespace Harness.Target.Orders.Keeping;

/// <summary>
/// How what happens to an order is written down. Both ways leave the same rows in the table <c>orders</c>, which all reads are of
/// (<see cref="OrderBook"/>): for one they are the state, for the other a projection of the events.
/// </summary>
public interface IOrderStorage
{
    /// <summary>Writes the order and begins its saga, unless its key is taken already.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="order">New and <see cref="OrderBook.Pending"/>.</param>
    /// <param name="begin">Writes the beginning down, in the same transaction.</param>
    /// <returns>The order that has the key now, and whether it is the new one.</returns>
    (Order Order, bool IsNew) Place(IDbConnection connection, Order order, Action<IDbConnection, Order> begin);

    /// <summary>Ends an order's saga.</summary>
    /// <param name="connection">In a transaction.</param>
    /// <param name="id">The order.</param>
    /// <param name="status"><see cref="OrderBook.Confirmed"/> or <see cref="OrderBook.Cancelled"/>.</param>
    /// <returns>False when it has ended before, however it did.</returns>
    /// <exception cref="InvalidOperationException">There is no such order.</exception>
    bool Settle(IDbConnection connection, string id, string status);
}
