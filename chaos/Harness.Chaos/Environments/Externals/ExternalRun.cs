using System.Net;
using System.Text.Json;
using Harness.Chaos.Environments.Leftovers;
using Harness.Toxiproxy;

namespace Harness.Chaos.Environments.Externals;

/// <summary>Attached to a system that somebody else runs. Nothing of it is started or stopped; its proxies are left as they were found.</summary>
internal sealed class ExternalRun : IRunningEnvironment
{
    /// <summary>What its Toxiproxy wants to hear before a change, when it wants something.</summary>
    public const string TokenVariable = "HARNESS_TOXIPROXY_TOKEN";

    private readonly ExternalSystem _system;
    private ChildProcess? _guard;
    private ProxiesFound? _found;
    private int _intent;

    private ExternalRun(ExternalSystem system)
    {
        _system = system;
        ProxyToken = TokenOfProxies;
        Proxies = new ToxiproxyClient(system.Toxiproxy, ProxyToken);
    }

    /// <summary>What <see cref="TokenVariable"/> holds; null for nothing.</summary>
    public static string? TokenOfProxies => Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token ? token : null;

    public IReadOnlyList<Edge> Edges => [.. _system.Proxies.Keys];

    public ToxiproxyClient Proxies { get; }

    public Uri ProxyApi => _system.Toxiproxy;

    public string? ProxyToken { get; }

    public bool ProxiesOutliveUs => true;

    public IReadOnlyList<RunningService> Services { get; private set; } = [];

    public string ProxyOf(Edge edge) => _system.Proxies[edge].Name;

    /// <summary>Attaches; what a failed start began is undone.</summary>
    public static async Task<IRunningEnvironment> StartAsync(ExternalSystem system, EnvironmentRequest request, CancellationToken cancellationToken)
    {
        var run = new ExternalRun(system);
        try
        {
            await run.StartAsync(request, cancellationToken);
            return run;
        }
        catch (ToxiproxyException error)
        {
            await run.DisposeAsync();
            throw new EnvironmentException(error.Message);
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Proxies.Dispose();
        if (_guard is null)
            return;
        await _guard.DisposeAsync();
        if (_guard.ExitCode != 0)
            throw new EnvironmentException(ProxyGuard.HowToMend(_found!));
        IntentJournal.Own.Undone(_intent);
    }

    private async Task StartAsync(EnvironmentRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, Proxy> there = await Proxies.GetProxiesAsync(cancellationToken);
        string[] wrong = [.. _system.Proxies.Select(proxy => Wrong(proxy.Key, proxy.Value, there)).OfType<string>()];
        if (wrong.Length > 0)
            throw new EnvironmentException(string.Join(Environment.NewLine, wrong));
        _guard = StartGuard(there, request);
        var listens = new Dictionary<Edge, string>();
        foreach ((Edge edge, ExternalProxy proxy) in _system.Proxies)
        {
            listens[edge] = proxy.IsMade
                ? (await Proxies.CreateProxyAsync(proxy.Name, proxy.Listen!, proxy.Upstream!, cancellationToken)).Listen
                : there[proxy.Name].Listen;
        }

        Services = [.. _system.Services.Select(service => new RunningService(service.Key, service.Value, ForClients(service.Key, service.Value, listens)))];
        await Task.WhenAll(Services.Select(service => Readiness.AnswersAsync(service, cancellationToken)));
    }

    /// <summary>In a process of its own before anything is changed, so that it is changed back whatever becomes of this one.</summary>
    private ChildProcess StartGuard(IReadOnlyDictionary<string, Proxy> there, EnvironmentRequest request)
    {
        _found = new ProxiesFound(
            _system.Toxiproxy,
            ProxyToken,
            [.. _system.Proxies.Values.Where(proxy => proxy.IsMade).Select(proxy => proxy.Name)],
            _system.Proxies.Values.Where(proxy => !proxy.IsMade).Select(proxy => proxy.Name).Distinct()
                .ToDictionary(name => name, IReadOnlyList<string> (name) => [.. there[name].Toxics.Select(toxic => toxic.Name).OfType<string>()]));
        _intent = IntentJournal.Own.Note(new ProxiesIntent(_found with { Token = null }));
        return ChildProcess.Start(
            "proxy-guard", [.. request.StoreCommand, "--proxies"], request.LogFile("proxy-guard"),
            new Dictionary<string, string> { [ProxyGuard.Variable] = JsonSerializer.Serialize(_found) });
    }

    private string? Wrong(Edge edge, ExternalProxy proxy, IReadOnlyDictionary<string, Proxy> there) => (proxy.IsMade, there.GetValueOrDefault(proxy.Name)) switch
    {
        (true, not null) => $"{_system.Toxiproxy} has a proxy '{proxy.Name}' already; name it for the edge, or delete it",
        (false, null) => $"{_system.Toxiproxy} has no proxy '{proxy.Name}' for the edge {edge}; it has: {string.Join(", ", there.Keys)}",
        (false, { Enabled: false }) => $"the proxy '{proxy.Name}' for the edge {edge} is disabled; enable it first",
        _ => null,
    };

    private Uri ForClients(string service, Uri direct, Dictionary<Edge, string> listens)
    {
        if (!listens.TryGetValue(new Edge(OrderSystemRun.Client, service), out string? listen))
            return direct;
        var address = new Uri($"{direct.Scheme}://{listen}");
        // Listening on every address is no address to call: the proxy is where its control API is.
        bool isEverywhere = IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? host) && (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any));
        return isEverywhere ? new UriBuilder(address) { Host = _system.Toxiproxy.Host }.Uri : address;
    }
}
