using System.Security.Cryptography;
using Harness.Chaos.Environments.Stores;
using Harness.Toxiproxy;

namespace Harness.Chaos.Environments;

/// <summary>The order system while it runs on this machine: three services, their stores, and a proxy on every edge between them.</summary>
internal sealed class OrderSystemRun : IRunningEnvironment
{
    internal const string Client = "client";

    /// <summary>Which service calls which, beside the stores that all of them use.</summary>
    private static readonly Edge[] Calls = [new("orders", "inventory")];

    private readonly IReadOnlyList<IStorePart> _stores;
    private readonly Dictionary<string, string> _variables;
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly List<ChildProcess> _processes = [];
    private readonly TaskCompletionSource<ChildProcess> _unexpectedExit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<string, int> _ports = [];
    private ToxiproxyServer? _server;
    private ToxiproxyClient? _client;

    private OrderSystemRun(IReadOnlyList<Edge> edges, IReadOnlyList<IStorePart> stores)
    {
        (Edges, _stores) = (edges, stores);
        _variables = stores.SelectMany(store => store.ServiceVariables).ToDictionary();
    }

    public static IReadOnlyList<string> ServiceNames { get; } = ["orders", "payments", "inventory"];

    public IReadOnlyList<Edge> Edges { get; }

    public ToxiproxyClient Proxies => _client ?? throw new InvalidOperationException("The environment has not been started.");

    public Uri ProxyApi => _server?.Url ?? throw new InvalidOperationException("The environment has not been started.");

    public string? ProxyToken { get; private set; }

    public IReadOnlyList<RunningService> Services { get; private set; } = [];

    /// <summary>Every edge of a system whose services use these stores.</summary>
    public static IReadOnlyList<Edge> EdgesWith(params string[] stores) =>
    [
        .. ServiceNames.Select(service => new Edge(Client, service)),
        .. Calls,
        .. stores.SelectMany(store => ServiceNames.Select(service => new Edge(service, store))),
    ];

    /// <summary>What is to be done before the order system can start; empty when nothing is.</summary>
    public static IEnumerable<string> MissingTarget(IReadOnlyList<string> targetCommand) =>
        File.Exists(targetCommand[^1]) ? [] : [$"the order system is not built: {targetCommand[^1]} does not exist; run ./harness, which builds it"];

    /// <summary>Starts everything; what a failed start began is taken down again.</summary>
    public static async Task<IRunningEnvironment> StartAsync(
        IReadOnlyList<Edge> edges, IReadOnlyList<IStorePart> stores, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        var run = new OrderSystemRun(edges, stores);
        try
        {
            await run.StartAsync(request, cancellationToken);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // The services first, while their stores are still there to say goodbye to.
        await Task.WhenAll(_processes.Where(process => !IsStore(process)).Select(process => process.DisposeAsync().AsTask()));
        await Task.WhenAll(_processes.Where(IsStore).Select(process => process.DisposeAsync().AsTask()));
        _client?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        string[] parts = [.. _stores.Select(store => store.Name), .. ServiceNames];
        foreach ((string part, int port) in parts.Zip(FreePort.Take(parts.Length)))
            _ports[part] = port;

        Task[] stores = [.. _stores.Select(store => StartStoreAsync(store, request, cancellationToken))];
        Dictionary<Edge, Uri> proxies = await StartProxiesAsync(request, cancellationToken);
        // A proxy accepts before its upstream is there, which a service would take for a broken store and back off from.
        await Task.WhenAll(stores);
        Services =
        [
            .. ServiceNames.Select(service => new RunningService(
                service,
                new Uri($"http://127.0.0.1:{_ports[service]}"),
                proxies[new Edge(Client, service)],
                StartProcess(service, TargetCommand(service, proxies, request), request).Id)),
        ];
        await OrExitAsync(Task.WhenAll(Services.Select(service => Readiness.AnswersAsync(service, cancellationToken))));
    }

    private async Task StartStoreAsync(IStorePart store, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(_folder.Path, store.Name);
        Directory.CreateDirectory(folder);
        StartProcess(store.Name, await store.PrepareAsync(_ports[store.Name], folder, request, cancellationToken), request);
        await OrExitAsync(store.ReadyAsync(_ports[store.Name], cancellationToken));
    }

    private bool IsStore(ChildProcess process) => _stores.Any(store => store.Name == process.Name);

    private async Task<Dictionary<Edge, Uri>> StartProxiesAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        // Whoever asks for a port wants other clients to join in, and those know of no tokens; nobody else has business here.
        ProxyToken = request.ProxyApiPort == 0 ? RandomNumberGenerator.GetHexString(32) : null;
        _server = await ToxiproxyServer.StartAsync(
            new ToxiproxyServerOptions { Port = request.ProxyApiPort, Seed = request.Seed, Token = ProxyToken }, cancellationToken);
        _client = new ToxiproxyClient(_server.Url, ProxyToken);
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
            .. _stores.SelectMany(store => store.ServiceArguments(service, proxies[new Edge(service, store.Name)])),
            .. Calls.Where(call => call.From == service).SelectMany(call => new[] { $"--{call.To}-url", proxies[call].ToString() }),
            .. request.Switches.SelectMany(set => new[] { "--" + set.Key, set.Value }),
            "--stop-with-stdin",
        ];
    }

    private ChildProcess StartProcess(string name, IReadOnlyList<string> command, EnvironmentRequest request)
    {
        IReadOnlyDictionary<string, string> variables = _stores.FirstOrDefault(store => store.Name == name)?.OwnVariables ?? _variables;
        ChildProcess process = ChildProcess.Start(name, command, request.LogFile(name), variables);
        lock (_processes)
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
}
