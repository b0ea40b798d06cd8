using System.Security.Cryptography;
using Harness.Chaos.Environments.Mesh;
using Harness.Chaos.Environments.Stores;
using Harness.Chaos.Faults.Services;
using Harness.Toxiproxy;

namespace Harness.Chaos.Environments;

/// <summary>The order system while it runs on this machine: three services, their stores, and a proxy on every edge between them.</summary>
internal sealed class OrderSystemRun : IRunningEnvironment
{
    internal const string Client = "client";

    /// <summary>Which service calls which, beside the stores that all of them use.</summary>
    private static readonly Edge[] Calls = [new("orders", "inventory"), new("orders", "payments")];

    private readonly IReadOnlyList<IStorePart> _stores;
    private readonly Dictionary<string, string> _variables;
    private readonly TemporaryFolder _folder = TemporaryFolder.Create();
    private readonly List<IOwnedPart> _parts = [];
    private readonly Dictionary<string, int> _ports = [];

    /// <summary>Where services listen for us: here each stays, wherever it moves.</summary>
    private readonly Dictionary<string, int> _managementPorts = [];
    private SidecarPlan? _mesh;
    private ToxiproxyServer? _server;
    private ToxiproxyClient? _client;

    private OrderSystemRun(IReadOnlyList<Edge> edges, IReadOnlyList<IStorePart> stores)
    {
        (Edges, _stores) = (edges, stores);
        _variables = stores.SelectMany(store => store.ServiceVariables).Append(new(ServiceChaos.TokenVariable, ChaosToken)).ToDictionary();
    }

    public static IReadOnlyList<string> ServiceNames { get; } = ["orders", "payments", "inventory"];

    public IReadOnlyList<Edge> Edges { get; }

    public ToxiproxyClient Proxies => _client ?? throw new InvalidOperationException("The environment has not been started.");

    public Uri ProxyApi => _server?.Url ?? throw new InvalidOperationException("The environment has not been started.");

    public string? ProxyToken { get; private set; }

    public string ChaosToken { get; } = RandomNumberGenerator.GetHexString(32);

    public IReadOnlyList<RunningService> Services { get; private set; } = [];

    public IReadOnlyList<RunningService> Sidecars { get; private set; } = [];

    public IReadOnlyList<IRunningPart> Parts => _parts;

    public IReadOnlyList<RunningStore> Stores => [.. _stores.Select(store => new RunningStore(store.Name, store.Connection(_ports[store.Name])))];

    /// <summary>Every edge of a system whose services use these stores.</summary>
    public static IReadOnlyList<Edge> EdgesWith(params string[] stores) =>
    [
        .. ServiceNames.Select(service => new Edge(Client, service)),
        .. Calls,
        .. stores.SelectMany(store => ServiceNames.Select(service => new Edge(service, store))),
    ];

    /// <summary>Whether an edge is a call from one service to another.</summary>
    public static bool IsBetweenServices(Edge edge) => Calls.Contains(edge);

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
        await Task.WhenAll(_parts.Where(part => !IsStore(part)).Select(part => part.DisposeAsync().AsTask()));
        await Task.WhenAll(_parts.Where(IsStore).Select(part => part.DisposeAsync().AsTask()));
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
        foreach ((string service, int port) in ServiceNames.Zip(FreePort.Take(ServiceNames.Count)))
            _managementPorts[service] = port;
        _mesh = request.Switches.GetValueOrDefault("resilience") == "mesh" ? new SidecarPlan(Calls) : null;

        Task[] stores = [.. _stores.Select(store => StartStoreAsync(store, request, cancellationToken))];
        Dictionary<Edge, Uri> proxies = await StartProxiesAsync(request, cancellationToken);
        // Sidecars need nothing but each other's addresses, so they start while the stores do.
        Task sidecars = _mesh is null ? Task.CompletedTask : StartSidecarsAsync(_mesh, proxies, request, cancellationToken);
        // A proxy accepts before its upstream is there, which a service would take for a broken store and back off from.
        await Task.WhenAll(stores);
        Services = [.. ServiceNames.Select(service =>
            new RunningService(service, Local(_managementPorts[service]), proxies[new Edge(Client, service)]))];
        await Task.WhenAll(Services.Select(service => StartAsync(ServicePart(service, proxies, request), cancellationToken)));
        await sidecars;
    }

    private async Task StartSidecarsAsync(SidecarPlan mesh, Dictionary<Edge, Uri> proxies, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        using var authority = new MeshAuthority(Path.Combine(_folder.Path, "mesh"), TimeProvider.System);
        Sidecars = [.. mesh.Services.Select(mesh.Describe)];
        await Task.WhenAll(mesh.Services.Zip(Sidecars, (service, sidecar) => StartAsync(
            Part(sidecar.Name, mesh.Command(service, authority, proxies, _ports[service], request), token => Readiness.AnswersAsync(sidecar, token), request), cancellationToken)));
    }

    private static Uri Local(int port) => new($"http://127.0.0.1:{port}");

    private async Task StartStoreAsync(IStorePart store, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(_folder.Path, store.Name);
        Directory.CreateDirectory(folder);
        IReadOnlyList<string> command = await store.PrepareAsync(_ports[store.Name], folder, request, cancellationToken);
        await StartAsync(Part(store.Name, command, token => store.ReadyAsync(_ports[store.Name], token), request), cancellationToken);
    }

    private bool IsStore(IOwnedPart part) => _stores.Any(store => store.Name == part.Name);

    private async Task<Dictionary<Edge, Uri>> StartProxiesAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        // Whoever asks for a port wants other clients to join in, and those know of no tokens; nobody else has business here.
        ProxyToken = request.ProxyApiPort == 0 ? RandomNumberGenerator.GetHexString(32) : null;
        _server = await ToxiproxyServer.StartAsync(
            new ToxiproxyServerOptions { Port = request.ProxyApiPort, Seed = request.Seed, Token = ProxyToken, ProxyMetrics = true }, cancellationToken);
        _client = new ToxiproxyClient(_server.Url, ProxyToken);
        var proxies = new Dictionary<Edge, Uri>();
        foreach (Edge edge in Edges)
        {
            int port = _mesh is not null && Calls.Contains(edge) ? _mesh.InboundPort(edge.To) : _ports[edge.To];
            Proxy proxy = await _client.CreateProxyAsync(edge.ToString(), "127.0.0.1:0", $"127.0.0.1:{port}", cancellationToken);
            proxies[edge] = new Uri("http://" + proxy.Listen);
        }

        return proxies;
    }

    private ServicePart ServicePart(RunningService service, Dictionary<Edge, Uri> proxies, EnvironmentRequest request)
    {
        // What sidecars stand in front of is reached through them alone.
        string[] edges = [.. Edges.Where(edge => edge.To == service.Name && (_mesh is null || !Calls.Contains(edge))).Select(edge => edge.ToString())];
        return new ServicePart(service.Name, _ports[service.Name], Instance, edges, Proxies);

        OrderSystemPart Instance(int number, int port)
        {
            int management = number == 1 ? _managementPorts[service.Name] : FreePort.Take(1)[0];
            return Part(
                number == 1 ? service.Name : $"{service.Name}-{number}",
                TargetCommand(service.Name, port, management, proxies, request),
                token => Readiness.AnswersAsync(service with { Direct = Local(management) }, token),
                request,
                _variables);
        }
    }

    private string[] TargetCommand(string service, int port, int management, Dictionary<Edge, Uri> proxies, EnvironmentRequest request)
    {
        Uri Reach(Edge edge) => request.PastProxies ? Local(_ports[edge.To]) : proxies[edge];
        string data = Path.Combine(_folder.Path, service);
        Directory.CreateDirectory(data);
        return
        [
            .. request.TargetCommand,
            "--service", service,
            "--urls", Local(port).ToString(),
            "--management-url", Local(management).ToString(),
            "--data", data,
            .. _stores.SelectMany(store => store.ServiceArguments(service, Reach(new Edge(service, store.Name)))),
            .. Calls.Where(call => call.From == service).SelectMany(call => new[] { $"--{call.To}-url", (_mesh?.OutboundUrl(call) ?? Reach(call)).ToString() }),
            .. request.Switches.SelectMany(set => new[] { "--" + set.Key, set.Value }),
            "--stop-with-stdin",
        ];
    }

    private Task StartAsync(IOwnedPart part, CancellationToken cancellationToken)
    {
        lock (_parts)
            _parts.Add(part);
        return part.StartAsync(cancellationToken);
    }

    private OrderSystemPart Part(
        string name, IReadOnlyList<string> command, Func<CancellationToken, Task> ready, EnvironmentRequest request, IReadOnlyDictionary<string, string>? variables = null)
    {
        variables ??= _stores.FirstOrDefault(store => store.Name == name)?.OwnVariables;
        return new OrderSystemPart(
            name,
            () =>
            {
                ChildProcess process = ChildProcess.Start(name, command, request.LogFile(name), variables);
                _ = ReportExitAsync(process, request);
                return process;
            },
            (process, token) => OrExitAsync(process, ready(token)));
    }

    private static async Task ReportExitAsync(ChildProcess process, EnvironmentRequest request)
    {
        await process.Exited;
        if (!process.Stopping)
            request.Exited(process);
    }

    /// <summary>Waits for <paramref name="ready"/>, but not for a process that has ended meanwhile.</summary>
    private static async Task OrExitAsync(ChildProcess process, Task ready)
    {
        if (await Task.WhenAny(ready, process.Exited) == process.Exited && !ready.IsCompletedSuccessfully)
            throw new EnvironmentException($"{process.Name} ended before it was ready. Its last words:{Environment.NewLine}{process.LastWords}");
        await ready;
    }
}
