using System.Net;
using System.Security.Authentication;
using Harness.Target.Observability;
using Harness.Target.Resilience;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Harness.Target.Mesh;

/// <summary>
/// Puts one sidecar together. Its service speaks plain HTTP to it on loopback, one port for each service that it calls; sidecars speak
/// mutual TLS with each other; a third port shows what it does.
/// </summary>
/// <remarks>
/// The client of the whole system is outside the mesh: it has no identity, and speaks with services directly. Stores have no sidecar either.
/// </remarks>
public static class SidecarHost
{
    /// <summary>What sidecars speak with each other; nothing older.</summary>
    internal const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1.5);

    /// <summary>Builds the sidecar, which then only has to be run.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The certificates do not fit.</exception>
    public static WebApplication Build(SidecarOptions options, TimeProvider time)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddJsonConsole(console => console.TimestampFormat = "O").AddFilter("Microsoft", LogLevel.Warning).AddFilter("Yarp", LogLevel.Warning);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        if (options.StopWithStdin)
            builder.Services.AddSingleton<IHostLifetime, ParentLifetime>();
        var identity = MeshIdentity.Read(options);
        builder.Services.AddSingleton(options).AddSingleton(time).AddSingleton<MetricRegistry>();
        builder.Services.AddSingleton(_ => identity); // made by the container, so that it is disposed last
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<EdgePipelines>(provider, true, new Random(options.Seed)));
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PeerGate>(provider, options.Inbound?.Callers ?? []));
        builder.Services.AddHttpForwarder().AddSingleton<Forwarding>();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options));
        var app = builder.Build();
        MapAdmin(app, options);
        var forwarding = app.Services.GetRequiredService<Forwarding>();
        app.Run(forwarding.HandAsync);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, SidecarOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = EdgeHandler.BodyBytesMax;
        kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(new IPEndPoint(IPAddress.Parse(options.Admin.Host), options.Admin.Port));
        foreach (var edge in options.Outbound)
            kestrel.Listen(edge.Listen);
        if (options.Inbound is not { } inbound)
            return;
        var gate = kestrel.ApplicationServices.GetRequiredService<PeerGate>();
        kestrel.Listen(inbound.Listen, listen => listen.UseHttps(new TlsHandshakeCallbackOptions
        {
            OnConnection = _ => ValueTask.FromResult(gate.Handshake()),
            HandshakeTimeout = HandshakeTimeout,
        }));
    }

    /// <summary>Answered on the port for it alone: a path of a service must not be taken for one of its sidecar.</summary>
    private static void MapAdmin(WebApplication app, SidecarOptions options)
    {
        var metrics = app.Services.GetRequiredService<MetricRegistry>();
        ProcessMetrics.Register(metrics);
        app.MapWhen(context => context.Connection.LocalPort == options.Admin.Port, admin => admin.Run(context => context.Request.Path.Value switch
        {
            "/metrics" => Results.Text(metrics.Expose(), "text/plain; version=0.0.4").ExecuteAsync(context),
            "/health/live" => Results.Json(new Health("live", null), TargetJson.Default.Health).ExecuteAsync(context),
            "/health/ready" => Results.Json(new Health("ready", null), TargetJson.Default.Health).ExecuteAsync(context),
            _ => Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: "There are /metrics, /health/live and /health/ready.").ExecuteAsync(context),
        }));
    }
}
