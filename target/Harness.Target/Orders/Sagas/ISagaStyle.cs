using System.Data;

namespace Harness.Target.Orders.Sagas;

/// <summary>What Orders has to know of the style in which sagas are coordinated: how one begins, and whether the next to act can be reached.</summary>
public interface ISagaStyle
{
    /// <summary>Writes down that the saga of a new order has begun, in the transaction that writes the order.</summary>
    void Begin(IDbConnection connection, Order order);

    /// <summary>Gets going, after that transaction was committed.</summary>
    void Begun(Order order);

    /// <summary>Completes when whoever acts first on a new order answers.</summary>
    /// <exception cref="Exception">It does not, or not in time.</exception>
    Task ReachAsync(CancellationToken cancellationToken);
}
