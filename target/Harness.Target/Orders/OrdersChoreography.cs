using Harness.Target.Messaging;
using Harness.Target.Observability;

namespace Harness.Target.Orders;

/// <summary>Orders' part of the choreography: it hears how a saga ended.</summary>
public sealed class OrdersChoreography(Journaled journaled, MetricRegistry metrics, ILogger<OrdersChoreography> logger) : IMessageHandler
{
    private readonly Counter _confirmed = metrics.Counter("orders_terminal_total", "Orders whose saga ended.", "status=\"CONFIRMED\"");
    private readonly Counter _cancelled = metrics.Counter("orders_terminal_total", "Orders whose saga ended.", "status=\"CANCELLED\"");

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
            settled = OrderBook.Settle(connection, message.OrderId, status);
            return null;
        }, cancellationToken);
        if (!settled)
            return;
        (status == OrderBook.Confirmed ? _confirmed : _cancelled).Add();
        logger.LogDebug("Order {OrderId} is {Status} after {Type}.", message.OrderId, status, message.Type);
    }
}
