using Harness.Target.Inventory;
using Harness.Target.Messaging;
using Harness.Target.Observability;
using Harness.Target.Orders;
using Harness.Target.Payments;
using Harness.Target.Resilience;
using Harness.Target.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Harness.Target;

/// <summary>Puts one service together: what all have (store, bus, outbox, health, metrics), and what makes it this one.</summary>
public static class ServiceHost
{
    private const long BodyBytesMax = 16 * 1024;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Opens the store and builds the service, which then only has to be run.</summary>
    /// <exception cref="System.Data.Common.DbException">The database file cannot be opened.</exception>
    /// <exception cref="IOException">The data folder cannot be made.</exception>
    public static WebApplication Build(ServiceOptions options, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Url.ToString()).ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
            kestrel.AddServerHeader = false;
        });
        builder.Logging.ClearProviders().AddJsonConsole(console => console.TimestampFormat = "O").AddFilter("Microsoft", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        builder.Services.AddProblemDetails();
        AddShared(builder.Services, options, time);
        AddService(builder.Services, options);
        var app = builder.Build();
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerAsync, SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages();
        Map(app, options.Service);
        return app;
    }

    private static void AddShared(IServiceCollection services, ServiceOptions options, TimeProvider time)
    {
        Directory.CreateDirectory(options.DataFolder);
        if (options.StopWithStdin)
            services.AddSingleton<IHostLifetime, ParentLifetime>();
        // Made by the container, so that it is disposed last, after everything that writes to it has stopped.
        services.AddSingleton<IStore>(_ => options.Postgres is { } postgres
            ? new PostgresStore(postgres, Schema(options))
            : new SqliteStore(Path.Combine(options.DataFolder, $"{options.Service.Word()}.db"), Schema(options)));
        services.AddSingleton(options).AddSingleton(time).AddSingleton<MetricRegistry>();
        services.AddSingleton<RedisLink>().AddSingleton<BusMetrics>();
        services.AddSingleton(provider => Bus(options, provider));
        services.AddSingleton(provider => new BusInspector(options.Service, provider.GetRequiredService<IBus>()));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EdgePipelines>(provider, options.Resilience == ResilienceSwitch.On, new Random(options.Seed)));
        services.AddSingleton<OutboxPublisher>().AddHostedService(provider => provider.GetRequiredService<OutboxPublisher>());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Journaled>(provider, options.Bug == Bug.DoubleChargeOnRedelivery && options.Service == ServiceName.Payments));
        services.AddSingleton(provider => provider.GetRequiredService<IBus>().Join(options.Service));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ConsumerLoop>(provider, options.Bug == Bug.DoubleChargeOnRedelivery && options.Service == ServiceName.Payments));
    }

    private static void AddService(IServiceCollection services, ServiceOptions options)
    {
        switch (options.Service)
        {
            case ServiceName.Orders:
                services.AddSingleton(provider => new PriceClient(options.InventoryUrl!, provider.GetRequiredService<EdgePipelines>()));
                services.AddSingleton<IMessageHandler, OrdersChoreography>().AddSingleton<OrdersEndpoints>();
                break;
            case ServiceName.Payments:
                services.AddSingleton(new PaymentBook(options.Bug)).AddSingleton<IMessageHandler, PaymentsChoreography>();
                break;
            default:
                services.AddSingleton<CacheMetrics>().AddSingleton(provider => ActivatorUtilities.CreateInstance<ProductCache>(provider, options.CacheTtl));
                services.AddSingleton<IMessageHandler>(provider => ActivatorUtilities.CreateInstance<InventoryChoreography>(provider, options.Bug == Bug.OversellRace));
                services.AddSingleton(provider => ActivatorUtilities.CreateInstance<InventoryEndpoints>(provider, options.Reads));
                break;
        }
    }

    private static IBus Bus(ServiceOptions options, IServiceProvider provider) => options.Bus == BusKind.Streams
        ? ActivatorUtilities.CreateInstance<StreamBus>(provider)
        : ActivatorUtilities.CreateInstance<ListBus>(provider);

    private static Action<System.Data.IDbConnection, SqlDialect> Schema(ServiceOptions options) => options.Service switch
    {
        ServiceName.Orders => OrderBook.Migrate,
        ServiceName.Payments => (connection, dialect) => PaymentBook.Migrate(connection, dialect, options.Customers, options.BalanceCents),
        _ => (connection, dialect) => Shelf.Migrate(connection, dialect, options.Products, options.Stock, options.Seed, options.Bug != Bug.OversellRace),
    };

    private static void Map(WebApplication app, ServiceName service)
    {
        var provider = app.Services;
        var store = provider.GetRequiredService<IStore>();
        var bus = provider.GetRequiredService<BusInspector>();
        CommonEndpoints.Map(app, store, provider.GetRequiredService<RedisLink>(), provider.GetRequiredService<MetricRegistry>(), bus);
        if (service == ServiceName.Orders)
            provider.GetRequiredService<OrdersEndpoints>().Map(app, bus);
        else if (service == ServiceName.Payments)
            PaymentsEndpoints.Map(app, store, bus);
        else
            provider.GetRequiredService<InventoryEndpoints>().Map(app, bus);
    }

    /// <summary>What cannot be done now is 503 and says when to come again; what a client did wrong is 4xx; the rest is a defect of ours.</summary>
    private static Task AnswerAsync(HttpContext context)
    {
        var error = context.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
        var status = error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            PriceUnavailableException or StoreBusyException or Npgsql.NpgsqlException { InnerException: IOException or TimeoutException or System.Net.Sockets.SocketException } => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (status == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "1";
        if (status == StatusCodes.Status500InternalServerError)
            context.RequestServices.GetRequiredService<ILogger<WebApplication>>().LogError(error, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
        return Results.Problem(statusCode: status, detail: status == 500 ? null : error.Message).ExecuteAsync(context);
    }
}
