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
        if (app.Services.GetRequiredService<ServiceOptions>().Coordination == Coordination.Orchestration)
            app.Services.GetRequiredService<InventoryCommands>().Map(app);
    }
}
