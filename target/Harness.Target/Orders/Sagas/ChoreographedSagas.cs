using System.Data;
using Harness.Target.Messaging;

namespace Harness.Target.Orders.Sagas;

/// <summary>Nobody coordinates: a new order is told to the bus, and each service reacts to the events of the others.</summary>
public sealed class ChoreographedSagas(OutboxPublisher publisher, RedisLink redis, DirectPublishing direct) : ISagaStyle
{
    public void Begin(IDbConnection connection, Order order)
    {
        if (!direct.ReplacesOutbox)
            Outbox.Add(connection, order.ToMessage(MessageTypes.OrderCreated));
    }

    public void Begun(Order order)
    {
        direct.AfterCommit(order);
        publisher.Wake();
    }

    public Task ReachAsync(CancellationToken cancellationToken) => redis.Database.PingAsync().WaitAsync(cancellationToken);
}
