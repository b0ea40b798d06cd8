using System.Net.Sockets;
using Harness.Toxiproxy.Api;
using Harness.Toxiproxy.Http;
using Harness.Toxiproxy.Logs;
using Harness.Toxiproxy.Metrics;
using Harness.Toxiproxy.Planes;
using Harness.Toxiproxy.Proxies;

namespace Harness.Toxiproxy;

/// <summary>A Toxiproxy-compatible server inside this process: TCP proxies whose traffic can be put wrong over an HTTP API.</summary>
public sealed class ToxiproxyServer : IAsyncDisposable
{
    /// <summary>The version of Toxiproxy whose API this one speaks.</summary>
    public const string CompatibleVersion = "2.12.0";

    private readonly JsonLog _log;
    private readonly IDataPlane _plane;
    private readonly ProxyCollection _proxies;
    private readonly Leases _leases;
    private readonly ControlServer _control;

    private ToxiproxyServer(Socket listening, ToxiproxyServerOptions options)
    {
        Seed = options.Seed ?? Random.Shared.Next();
        _log = new JsonLog(options.Log, JsonLog.ParseLevel(options.LogLevel), options.Time);
        _plane = DataPlaneChoice.Make(options.DataPlane);
        _proxies = new ProxyCollection(_plane, _log, Seed, options.Time);
        _leases = new Leases(_proxies, options.Time);
        _control = new ControlServer(listening, new ControlApi(Routes(options), options.Token, _log).AnswerAsync, options.Time);
        Url = new Uri($"http://{_control.Address}");
    }

    /// <summary>Where the control API is, with the real port.</summary>
    public Uri Url { get; }

    /// <summary>The seed that repeats what chance decided.</summary>
    public int Seed { get; }

    /// <summary>The data plane at work: <c>epoll</c> or <c>portable</c>.</summary>
    public string DataPlane => _plane.Name;

    /// <summary>Starts a server; it answers from the moment this completes.</summary>
    /// <exception cref="ToxiproxyException">The address cannot be had, or the data plane does not exist here.</exception>
    public static async Task<ToxiproxyServer> StartAsync(ToxiproxyServerOptions options, CancellationToken cancellationToken)
    {
        ListenAddress address = await ListenAddress.ResolveAsync($"{options.Host}:{options.Port}", cancellationToken);
        try
        {
            var server = new ToxiproxyServer(address.Open(), options);
            await server.BeginAsync(options, cancellationToken);
            return server;
        }
        catch (ApiException refused)
        {
            throw new ToxiproxyException($"The control API cannot listen: {refused.Message}", refused);
        }
    }

    /// <summary>Closes the API, every listener and every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await _control.DisposeAsync();
        await _leases.DisposeAsync();
        await _proxies.DisposeAsync();
        await _plane.DisposeAsync();
    }

    private async Task BeginAsync(ToxiproxyServerOptions options, CancellationToken cancellationToken)
    {
        _log.Info("Starting Toxiproxy HTTP server", ("version", CompatibleVersion), ("address", Url.Authority), ("data_plane", DataPlane), ("seed", $"{Seed}"));
        if (options.ConfigFile is { } file)
            await new ConfigFile(_proxies, _log).PopulateAsync(file, cancellationToken);
        _leases.Watch();
    }

    private RouteTable Routes(ToxiproxyServerOptions options)
    {
        var routes = new RouteTable();
        routes.Add("GET", "/version", (_, _, _) => Task.FromResult(Version()));
        new ProxyRoutes(_proxies, _leases).AddTo(routes);
        new ToxicRoutes(_proxies, _leases, _log).AddTo(routes);
        new ObservationRoutes(_proxies, _log).AddTo(routes);
        if (options.ProxyMetrics || options.RuntimeMetrics)
        {
            var metrics = new MetricsPage(_proxies, options.ProxyMetrics, options.RuntimeMetrics);
            routes.Add("*", "/metrics", (_, _, _) => Task.FromResult(metrics.Write()));
        }
        return routes;
    }

    private static HttpReply Version() =>
        HttpReply.Json(200, $$"""{"version": "{{CompatibleVersion}}"}""" + "\n") with { ContentType = "application/json;charset=utf-8" };
}
