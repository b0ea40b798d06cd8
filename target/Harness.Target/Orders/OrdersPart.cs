using System.Data;
using Harness.Target.Admission;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Orders.Keeping;
using Harness.Target.Orders.Sagas;
using Harness.Target.Resilience;
using Harness.Target.Storage;

namespace Harness.Target.Orders;

/// <summary>Orders: places them, asks for prices, and ends their sagas.</summary>
internal sealed class OrdersPart : IServicePart
{
    public void Migrate(IDbConnection connection, SqlDialect dialect, ServiceOptions options) =>
        Migrate(connection, dialect, options.Storage);

    private static void Migrate(IDbConnection connection, SqlDialect dialect, OrderStorage storage)
    {
        OrderBook.Migrate(connection, dialect);
        if (storage == OrderStorage.Events)
            Projection.AdoptState(connection);
    }

    public void Add(IServiceCollection services, ServiceOptions options)
    {
        services.AddKeyedSingleton(ServiceName.Inventory, (provider, _) => Edge(provider, ServiceName.Inventory, options.InventoryUrl!));
        services.AddKeyedSingleton(ServiceName.Payments, (provider, _) => Edge(provider, ServiceName.Payments, options.PaymentsUrl!));
        services.AddSingleton(provider => new PriceClient(provider.GetRequiredKeyedService<EdgeClient>(ServiceName.Inventory)));
        services.AddSingleton<IOrderStorage>(options.Storage == OrderStorage.Events ? new EventStorage() : new StateStorage());
        services.AddSingleton(options.Admission).AddSingleton<PlacingGate>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Backlog>(provider, () => provider.GetRequiredService<IStore>().ReadOne(OrderBook.CountPending)));
        services.AddSingleton<IMessageHandler, OrdersChoreography>().AddSingleton<OrdersEndpoints>();
        AddSagas(services, options);
        AddCutGate(services, options.WhenCut);
    }

    public void Map(WebApplication app) =>
        app.Services.GetRequiredService<OrdersEndpoints>().Map(app, app.Services.GetRequiredService<BusInspector>());

    private static EdgeClient Edge(IServiceProvider provider, ServiceName callee, Uri url) =>
        new(url, EdgePolicies.Between(ServiceName.Orders, callee), provider.GetRequiredService<EdgePipelines>());

    private static void AddSagas(IServiceCollection services, ServiceOptions options)
    {
        services.AddSingleton<SagaEnds>().AddSingleton<DirectPublishing>().AddHostedService<OverdueOrders>();
        if (options.Coordination == Coordination.Choreography)
        {
            services.AddSingleton<ISagaStyle, ChoreographedSagas>();
            return;
        }

        if (options.Coordination == Coordination.TwoPhaseCommit)
        {
            services.AddSingleton<ISagaCommands>(provider => new TwoPhaseCommit(provider.GetRequiredService<PreparedTransactions>(), provider.GetRequiredService<IOrderStorage>(), Payments(provider), Inventory(provider)));
            services.AddHostedService(provider => ActivatorUtilities.CreateInstance<LateVotes>(provider, (IReadOnlyList<EdgeClient>)[Payments(provider), Inventory(provider)]));
        }
        else
        {
            services.AddSingleton<ISagaCommands>(provider => new HttpSagaCommands(Payments(provider), Inventory(provider), options.Bug));
        }

        services.AddSingleton(new SagaPlan(options.Bug)).AddSingleton<SagaCoordinator>().AddHostedService(provider => provider.GetRequiredService<SagaCoordinator>());
        services.AddSingleton<ISagaStyle, CoordinatedSagas>();
    }

    private static EdgeClient Payments(IServiceProvider provider) => provider.GetRequiredKeyedService<EdgeClient>(ServiceName.Payments);

    private static EdgeClient Inventory(IServiceProvider provider) => provider.GetRequiredKeyedService<EdgeClient>(ServiceName.Inventory);

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
