using System.Data;
using Harness.Target.Messaging;

namespace Harness.Target.Inventory;

/// <summary>Inventory's part of the choreography: it takes stock for a paid order, or says that it is short.</summary>
/// <remarks>
/// An order is sold or not by the one row that is written here first, so it is here that an order which waited too long is given up: whoever
/// comes second, the payment or the expiry, finds the matter decided.
/// </remarks>
public sealed class InventoryChoreography(Journaled journaled, IProductChanges cache, EarlyLook look, ServiceOptions options, ILogger<InventoryChoreography> logger) : IMessageHandler
{
    public Task HandleAsync(Message message, CancellationToken cancellationToken) => message.Type switch
    {
        MessageTypes.PaymentProcessed => TakeAsync(message, cancellationToken),
        MessageTypes.OrderExpired => journaled.ApplyAsync(message, connection =>
            Shelf.Refuse(connection, message.OrderId) ? message with { Type = MessageTypes.InventoryRejected } : null, cancellationToken),
        _ => throw new UnexpectedMessageException(message),
    };

    private async Task TakeAsync(Message message, CancellationToken cancellationToken)
    {
        var enough = await look.AtAsync(message.Sku, message.Quantity, cancellationToken);
        var changed = false;
        await journaled.ApplyAsync(message, connection =>
        {
            var taken = Shelf.Take(connection, message.OrderId, message.Sku, QuantityOf(message, connection), enough);
            changed = taken == true;
            return taken is null ? null : message with { Type = changed ? MessageTypes.InventoryUpdated : MessageTypes.InventoryRejected };
        }, cancellationToken);
        if (!changed)
            return;
        cache.Forget(message.Sku);
        logger.LogDebug("Order {OrderId}: stock is taken.", message.OrderId);
    }

    /// <summary>All that was ordered; with <see cref="Bug.PartialOrder"/> what there is of it, if there is any.</summary>
    private long QuantityOf(Message message, IDbConnection connection) =>
        options.Bug == Bug.PartialOrder && Shelf.Find(connection, message.Sku) is { Available: > 0 } product
            ? Math.Min(message.Quantity, product.Available)
            : message.Quantity;
}
