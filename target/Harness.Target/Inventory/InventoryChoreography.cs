using Harness.Target.Inventory.Caching;
using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Inventory;

/// <summary>Inventory's part of the choreography: it takes stock for a paid order, or says that it is short.</summary>
/// <param name="racy">Plants <see cref="Bug.OversellRace"/>.</param>
public sealed class InventoryChoreography(
    Journaled journaled, IStore store, ProductCache cache, TimeProvider time, ILogger<InventoryChoreography> logger, bool racy) : IMessageHandler
{
    // The planted race: long enough that the next buyer looks before this one has taken.
    private static readonly TimeSpan RaceWindow = TimeSpan.FromMilliseconds(25);

    public async Task HandleAsync(Message message, CancellationToken cancellationToken)
    {
        if (message.Type != MessageTypes.PaymentProcessed)
            throw new UnexpectedMessageException(message);
        bool? enough = racy ? await LookTooEarlyAsync(message, cancellationToken) : null;
        var changed = false;
        await journaled.ApplyAsync(message, connection =>
        {
            var taken = Shelf.Take(connection, message.OrderId, message.Sku, message.Quantity, enough);
            changed = taken == true;
            return taken is null ? null : message with { Type = changed ? MessageTypes.InventoryUpdated : MessageTypes.InventoryRejected };
        }, cancellationToken);
        if (!changed)
            return;
        cache.Forget(message.Sku);
        logger.LogDebug("Order {OrderId}: stock is taken.", message.OrderId);
    }

    private async Task<bool> LookTooEarlyAsync(Message message, CancellationToken cancellationToken)
    {
        var product = store.Read(connection => Shelf.Find(connection, message.Sku));
        await Task.Delay(RaceWindow, time, cancellationToken);
        return product?.Available >= message.Quantity;
    }
}
