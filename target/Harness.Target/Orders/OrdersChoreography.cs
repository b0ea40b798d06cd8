using Harness.Target.Messaging;
using Harness.Target.Orders.Keeping;
using Harness.Target.Orders.Sagas;

namespace Harness.Target.Orders;

/// <summary>Orders' part of the choreography: it hears how a saga ended.</summary>
public sealed class OrdersChoreography(Journaled journaled, IOrderStorage storage, SagaEnds ends, ILogger<OrdersChoreography> logger) : IMessageHandler
{
    public async Task HandleAsync(Message message, CancellationToken cancellationToken)
    {
        var status = message.Type switch
        {
            MessageTypes.InventoryUpdated => OrderBook.Confirmed,
            MessageTypes.PaymentDeclined or MessageTypes.PaymentRefunded => OrderBook.Cancelled,
            _ => throw new UnexpectedMessageException(message),
        };
        var settled = false;
        await journaled.ApplyAsync(message, connection =>
        {
            settled = storage.Settle(connection, message.OrderId, status);
            return null;
        }, cancellationToken);
        if (!settled)
            return;
        ends.Add(status);
        logger.LogDebug("Order {OrderId} is {Status} after {Type}.", message.OrderId, status, message.Type);
    }
}
