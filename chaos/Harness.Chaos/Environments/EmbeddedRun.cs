using System.Globalization;
using System.Security.Cryptography;
using Harness.Toxiproxy;

namespace Harness.Chaos.Environments;

/// <summary>The embedded environment while it runs: three services, a store, and a proxy on every edge between them.</summary>
internal sealed class EmbeddedRun(IReadOnlyList<Edge> edges) : IRunningEnvironment
{
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly List<ChildProcess> _processes = [];
    private readonly TaskCompletionSource<ChildProcess> _unexpectedExit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, int> _ports = [];
    private ToxiproxyServer? _server;
    private ToxiproxyClient? _client;

    public IReadOnlyList<Edge> Edges { get; } = edges;

    public ToxiproxyClient Proxies => _client ?? throw new InvalidOperationException("The environment has not been started.");

    public Uri ProxyApi => _server?.Url ?? throw new InvalidOperationException("The environment has not been started.");

    public IReadOnlyList<RunningService> Services { get; private set; } = [];

    public async Task StartAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        string[] parts = [EmbeddedEnvironment.Store, .. EmbeddedEnvironment.Services];
        foreach ((string part, int port) in parts.Zip(FreePort.Take(parts.Length)))
            _ports[part] = port;

        StartProcess(EmbeddedEnvironment.Store, [.. request.StoreCommand, "--port", Text(_ports[EmbeddedEnvironment.Store])], request);
        Dictionary<Edge, Uri> proxies = await StartProxiesAsync(request, cancellationToken);
        // A proxy accepts before its upstream is there, which a service would take for a broken store and back off from.
        await OrExitAsync(Readiness.ListensAsync(_ports[EmbeddedEnvironment.Store], cancellationToken));
        Services =
        [
            .. EmbeddedEnvironment.Services.Select(service => new RunningService(
                service,
                new Uri($"http://127.0.0.1:{_ports[service]}"),
                proxies[new Edge(EmbeddedEnvironment.Client, service)],
                StartProcess(service, TargetCommand(service, proxies, request), request).Id)),
        ];
        await OrExitAsync(Task.WhenAll(Services.Select(service => Readiness.AnswersAsync(service, cancellationToken))));
    }

    public async ValueTask DisposeAsync()
    {
        // The services first, while their store is still there to say goodbye to.
        await Task.WhenAll(_processes.Where(process => process.Name != EmbeddedEnvironment.Store).Select(process => process.DisposeAsync().AsTask()));
        await Task.WhenAll(_processes.Where(process => process.Name == EmbeddedEnvironment.Store).Select(process => process.DisposeAsync().AsTask()));
        _client?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<Dictionary<Edge, Uri>> StartProxiesAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        // Whoever asks for a port wants other clients to join in, and those know of no tokens; nobody else has business here.
        string? token = request.ProxyApiPort == 0 ? RandomNumberGenerator.GetHexString(32) : null;
        _server = await ToxiproxyServer.StartAsync(
            new ToxiproxyServerOptions { Port = request.ProxyApiPort, Seed = request.Seed, Token = token }, cancellationToken);
        _client = new ToxiproxyClient(_server.Url, token);
        var proxies = new Dictionary<Edge, Uri>();
        foreach (Edge edge in Edges)
        {
            Proxy proxy = await _client.CreateProxyAsync(edge.ToString(), "127.0.0.1:0", $"127.0.0.1:{_ports[edge.To]}", cancellationToken);
            proxies[edge] = new Uri("http://" + proxy.Listen);
        }

        return proxies;
    }

    private string[] TargetCommand(string service, Dictionary<Edge, Uri> proxies, EnvironmentRequest request)
    {
        string data = Path.Combine(_folder.Path, service);
        Directory.CreateDirectory(data);
        return
        [
            .. request.TargetCommand,
            "--service", service,
            "--urls", $"http://127.0.0.1:{_ports[service]}",
            "--data", data,
            "--redis", proxies[new Edge(service, EmbeddedEnvironment.Store)].Authority,
            .. EmbeddedEnvironment.Calls.Where(call => call.From == service).SelectMany(call => new[] { $"--{call.To}-url", proxies[call].ToString() }),
            .. request.Switches.SelectMany(set => new[] { "--" + set.Key, set.Value }),
            "--stop-with-stdin",
        ];
    }

    private ChildProcess StartProcess(string name, IReadOnlyList<string> command, EnvironmentRequest request)
    {
        ChildProcess process = ChildProcess.Start(name, command, request.LogFile(name));
        _processes.Add(process);
        _ = ReportExitAsync(process, request);
        return process;
    }

    private async Task ReportExitAsync(ChildProcess process, EnvironmentRequest request)
    {
        await process.Exited;
        if (process.Stopping)
            return;
        request.Exited(process);
        _unexpectedExit.TrySetResult(process);
    }

    /// <summary>Waits for <paramref name="ready"/>, but not for a process that has ended meanwhile.</summary>
    private async Task OrExitAsync(Task ready)
    {
        if (await Task.WhenAny(ready, _unexpectedExit.Task) == _unexpectedExit.Task)
        {
            ChildProcess gone = await _unexpectedExit.Task;
            throw new EnvironmentException($"{gone.Name} ended before it was ready. Its last words:{Environment.NewLine}{gone.LastWords}");
        }

        await ready;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
