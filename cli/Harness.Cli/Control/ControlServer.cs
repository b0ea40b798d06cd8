using System.Net;
using System.Security.Cryptography;
using Harness.Chaos.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Harness.Cli.Control;

/// <summary>The control API of a system that is up, and the page that uses it; on loopback only.</summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private const long BodyBytesMax = 64 * 1024;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(1);
    private readonly WebApplication _app;

    private ControlServer(WebApplication app, Uri url, string token) => (_app, Url, Token) = (app, url, token);

    public Uri Url { get; }

    /// <summary>256 random bits.</summary>
    public string Token { get; }

    /// <summary>Where a person opens it: what follows the # never leaves the browser.</summary>
    public string Page => $"{Url}#token={Token}";

    /// <param name="room">What is controlled.</param>
    /// <param name="port">0 for any free one.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ControlServer> StartAsync(ControlRoom room, int port)
    {
        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = BodyBytesMax;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        // Ctrl-C is the command's own; a host that listens for it too would end before the faults are healed.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddProblemDetails();
        builder.Services.AddOpenApi();
        WebApplication app = builder.Build();
        var guard = new ControlGuard(token);
        guard.Use(app);
        app.MapOpenApi();
        PageFiles.Map(app);
        new ControlRoutes(room).Map(app);
        await app.StartAsync();
        var url = new Uri(app.Urls.Single());
        guard.Port = url.Port;
        return new ControlServer(app, url, token);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
