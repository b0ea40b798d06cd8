using System.Data;
using Harness.Target.Admission;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Orders.Sagas;
using Harness.Target.Resilience;
using Harness.Target.Storage;

namespace Harness.Target.Orders;

/// <summary>Orders: places them, asks for prices, and ends their sagas.</summary>
internal sealed class OrdersPart : IServicePart
{
    public void Migrate(IDbConnection connection, SqlDialect dialect, ServiceOptions options) =>
        OrderBook.Migrate(connection, dialect);

    public void Add(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton(provider => new PriceClient(options.InventoryUrl!, provider.GetRequiredService<EdgePipelines>()));
        services.AddSingleton(options.Admission).AddSingleton<PlacingGate>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Backlog>(provider, () => provider.GetRequiredService<IStore>().ReadOne(OrderBook.CountPending)));
        services.AddSingleton<IMessageHandler, OrdersChoreography>().AddSingleton<OrdersEndpoints>();
        services.AddSingleton<ISagaStyle, ChoreographedSagas>();
        AddCutGate(services, options.WhenCut);
    }

    public void Map(WebApplication app) =>
        app.Services.GetRequiredService<OrdersEndpoints>().Map(app, app.Services.GetRequiredService<BusInspector>());

    private static void AddCutGate(IServiceCollection services, WhenCut whenCut)
    {
        if (whenCut == WhenCut.Reject)
        {
            services.AddSingleton(provider => new Heartbeat(provider.GetRequiredService<ISagaStyle>().ReachAsync, provider.GetRequiredService<TimeProvider>()));
            services.AddHostedService(provider => provider.GetRequiredService<Heartbeat>());
        }

        services.AddSingleton(provider => new CutGate(provider.GetService<Heartbeat>(), provider.GetRequiredService<MetricRegistry>()));
    }
}
