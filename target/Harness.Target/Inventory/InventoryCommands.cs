using System.Data;
using Harness.Target.Commands;
using Harness.Target.Inventory.Caching;

namespace Harness.Target.Inventory;

/// <summary>Inventory's part under a coordinator: it reserves, and sells or releases what it has reserved, and answers how the order's stock stands.</summary>
internal sealed class InventoryCommands(CommandEndpoint endpoint, ProductCache cache, EarlyLook look)
{
    public void Map(WebApplication app)
    {
        Map<bool?>(app, "/reservations", "reserve", (command, cancellationToken) => look.AtAsync(command.Sku, command.Quantity, cancellationToken),
            (connection, command, enough) => Shelf.Reserve(connection, command.OrderId, command.Sku, command.Quantity, enough));
        Map(app, "/sales", "sell", (_, _) => Task.FromResult(0), (connection, command, _) => Shelf.Sell(connection, command.OrderId, command.Sku, command.Quantity));
        Map(app, "/releases", "release", (_, _) => Task.FromResult(0), (connection, command, _) => Shelf.Release(connection, command.OrderId, command.Sku, command.Quantity));
    }

    private void Map<TPrepared>(
        WebApplication app, string path, string step, Func<StockCommand, CancellationToken, Task<TPrepared>> prepare, Action<IDbConnection, StockCommand, TPrepared> effect) =>
        endpoint.Map(app, path, step, StockCommand.Fields, StockCommand.Read, command => command.OrderId, prepare, effect,
            (connection, command) => Shelf.StatusOf(connection, command.OrderId), command => cache.Forget(command.Sku));
}
