using Harness.Target.Admission;
using Harness.Target.Chaos;
using Harness.Target.Chaos.Calls;
using Harness.Target.Commands;
using Harness.Target.Inventory;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Orders;
using Harness.Target.Payments;
using Harness.Target.Requests;
using Harness.Target.Resilience;
using Harness.Target.Storage;

namespace Harness.Target;

/// <summary>Puts one service together: what all have (store, bus, outbox, health, metrics), and what makes it this one.</summary>
public static class ServiceHost
{
    // More than any body that is read: what is too large is still received to its end, so that the sender gets to hear why it was refused.
    private const long ReceivedBytesMax = 4 * 1024 * 1024;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Opens the store and builds the service, which then only has to be run.</summary>
    /// <exception cref="System.Data.Common.DbException">The database file cannot be opened.</exception>
    /// <exception cref="NotSupportedException">The database cannot do what the coordination needs.</exception>
    /// <exception cref="IOException">The data folder cannot be made.</exception>
    public static WebApplication Build(ServiceOptions options, TimeProvider time)
    {
        var part = Part(options.Service);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls([.. new[] { options.Url, options.ManagementUrl }.OfType<Uri>().Select(url => url.ToString())]).ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = ReceivedBytesMax;
            kestrel.AddServerHeader = false;
        });
        LogLines.Add(builder.Logging);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.Services.AddProblemDetails();
        ApiDocument.Add(builder.Services, options.Service);
        if (OtlpExport.IsWanted(Environment.GetEnvironmentVariable))
            builder.Services.AddHostedService<OtlpExport>();
        AddShared(builder.Services, options, part, time);
        part.Add(builder.Services, options);
        var app = builder.Build();
        Problems.Use(app);
        RequestLimit.Use(app);
        ChaosParts.Use(app, options);
        CommonEndpoints.Map(app);
        if (app.Services.GetService<PreparedTransactions>() is { } prepared)
            DoubtMetrics.Register(app.Services.GetRequiredService<MetricRegistry>(), prepared);
        part.Map(app);
        app.MapOpenApi();
        return app;
    }

    /// <summary>Where a service keeps its SQLite database.</summary>
    internal static string DatabaseFile(string folder, ServiceName service) => Path.Combine(folder, $"{service.Word()}.db");

    private static void AddShared(IServiceCollection services, ServiceOptions options, IServicePart part, TimeProvider time)
    {
        Directory.CreateDirectory(options.DataFolder);
        if (options.StopWithStdin)
            services.AddSingleton<IHostLifetime, ParentLifetime>();
        void Migrate(System.Data.IDbConnection connection, SqlDialect dialect) => part.Migrate(connection, dialect, options);
        // Made by the container, so that it is disposed last, after everything that writes to it has stopped.
        services.AddSingleton<IStore>(_ => options.Postgres is { } postgres
            ? new PostgresStore(postgres, Migrate)
            : new SqliteStore(DatabaseFile(options.DataFolder, options.Service), Migrate));
        time = ChaosParts.Add(services, options, time);
        if (options.Coordination == Coordination.TwoPhaseCommit)
            services.AddSingleton(provider => ((PostgresStore)provider.GetRequiredService<IStore>()).Prepared).AddSingleton<VoteEndpoints>();
        services.AddSingleton(options).AddSingleton(time).AddSingleton<MetricRegistry>();
        services.AddSingleton<RedisLink>().AddSingleton<BusMetrics>();
        services.AddSingleton(provider => ChaosParts.Wrap(Bus(options, provider), options, provider));
        services.AddSingleton(provider => new BusInspector(options.Service, provider.GetRequiredService<IBus>()));
        services.AddSingleton(provider => new EdgePipelines(
            options.Resilience != ResilienceSwitch.Off, provider.GetRequiredService<MetricRegistry>(), time, new Random(options.Seed), provider.GetRequiredService<ILogger<EdgePipelines>>())
        {
            BetweenServices = options.Resilience == ResilienceSwitch.On,
            Bug = options.Bug,
            Chaos = provider.GetService<CallChaos>(),
        });
        services.AddSingleton<OutboxPublisher>().AddHostedService(provider => provider.GetRequiredService<OutboxPublisher>());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Journaled>(provider, options.Bug is Bug.DoubleChargeOnRedelivery or Bug.RefundTwice && options.Service == ServiceName.Payments));
        services.AddSingleton(provider => provider.GetRequiredService<IBus>().Join(options.Service));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ConsumerLoop>(provider, options.Bug == Bug.DoubleChargeOnRedelivery && options.Service == ServiceName.Payments));
    }

    private static IBus Bus(ServiceOptions options, IServiceProvider provider) => options.Bus == BusKind.Streams
        ? ActivatorUtilities.CreateInstance<StreamBus>(provider, options.Seed)
        : ActivatorUtilities.CreateInstance<ListBus>(provider, options.Seed);

    private static IServicePart Part(ServiceName service) => service switch
    {
        ServiceName.Orders => new OrdersPart(),
        ServiceName.Payments => new PaymentsPart(),
        _ => new InventoryPart(),
    };
}
