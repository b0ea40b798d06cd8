using System.Data;
using Harness.Target.Commands;
using Harness.Target.Inventory.Caching;
using Harness.Target.Inventory.Caching.WriteBack;
using Harness.Target.Messaging;
using Harness.Target.Storage;

namespace Harness.Target.Inventory;

/// <summary>Inventory: products, their prices and their stock.</summary>
internal sealed class InventoryPart : IServicePart
{
    public void Migrate(IDbConnection connection, SqlDialect dialect, ServiceOptions options)
    {
        Shelf.Migrate(connection, dialect, options.Products, options.Stock, options.Seed, options.Bug != Bug.OversellRace);
        FollowedWrites.Migrate(connection);
    }

    public void Add(IServiceCollection services, ServiceOptions options)
    {
        CacheParts.Add(services, options);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EarlyLook>(provider, options.Bug == Bug.OversellRace));
        services.AddSingleton<IMessageHandler, InventoryChoreography>();
        services.AddSingleton(provider => new CommandEndpoint(provider.GetRequiredService<IStore>())).AddSingleton<InventoryCommands>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<InventoryEndpoints>(provider, options.Reads));
    }

    public void Map(WebApplication app)
    {
        app.Services.GetRequiredService<InventoryEndpoints>().Map(app, app.Services.GetRequiredService<BusInspector>());
        switch (app.Services.GetRequiredService<ServiceOptions>().Coordination)
        {
            case Coordination.Orchestration:
                app.Services.GetRequiredService<InventoryCommands>().Map(app);
                break;
            case Coordination.TwoPhaseCommit:
                var (store, cache) = (app.Services.GetRequiredService<IStore>(), app.Services.GetRequiredService<ProductCache>());
                app.Services.GetRequiredService<VoteEndpoints>().Map(app, StockCommand.Fields, StockCommand.Read, command => command.OrderId,
                    (connection, command) => Shelf.TakeLocked(connection, command.OrderId, command.Sku, command.Quantity),
                    orderId => cache.Forget(store.ReadOne(connection => Shelf.SkuOf(connection, orderId))));
                break;
        }
    }
}
