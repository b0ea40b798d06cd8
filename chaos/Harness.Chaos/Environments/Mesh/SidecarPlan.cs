namespace Harness.Chaos.Environments.Mesh;

/// <summary>
/// The sidecars of one run: one beside each service that calls another or is called. Faults on an edge between services bite between its
/// two sidecars, on the encrypted wire; clients and stores are outside the mesh and reach services as they do without it.
/// </summary>
internal sealed class SidecarPlan
{
    private readonly IReadOnlyList<Edge> _calls;
    private readonly Dictionary<string, int> _admin = [];
    private readonly Dictionary<string, int> _inbound = [];
    private readonly Dictionary<Edge, int> _outbound = [];

    /// <param name="calls">Which service calls which.</param>
    public SidecarPlan(IReadOnlyList<Edge> calls)
    {
        _calls = calls;
        Services = [.. calls.SelectMany(call => new[] { call.From, call.To }).Distinct()];
        foreach (string service in Services)
            _admin[service] = FreePort.Take(1)[0];
        foreach (string callee in calls.Select(call => call.To).Distinct())
            _inbound[callee] = FreePort.Take(1)[0];
        foreach (Edge call in calls)
            _outbound[call] = FreePort.Take(1)[0];
    }

    /// <summary>The services that have one.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>What people call the sidecar of a service.</summary>
    public static string NameOf(string service) => $"{service}-sidecar";

    /// <summary>Where other sidecars reach that of <paramref name="callee"/>, which is what the proxy of an edge to it leads to.</summary>
    public int InboundPort(string callee) => _inbound[callee];

    /// <summary>Where the caller itself sends its calls: to its own sidecar.</summary>
    public Uri OutboundUrl(Edge call) => new($"http://127.0.0.1:{_outbound[call]}");

    /// <summary>The sidecar as something that can be asked how it is.</summary>
    public RunningService Describe(string service)
    {
        var admin = new Uri($"http://127.0.0.1:{_admin[service]}");
        return new RunningService(NameOf(service), admin, admin);
    }

    /// <summary>The command that starts the sidecar of a service.</summary>
    /// <param name="service">One of <see cref="Services"/>.</param>
    /// <param name="authority">Issues its identity.</param>
    /// <param name="proxies">Where each edge is entered.</param>
    /// <param name="servicePort">Where the service itself listens.</param>
    /// <param name="request">What the environment was asked for.</param>
    public string[] Command(string service, MeshAuthority authority, IReadOnlyDictionary<Edge, Uri> proxies, int servicePort, EnvironmentRequest request)
    {
        IEnumerable<string> inbound = _inbound.TryGetValue(service, out int port)
            ?
            [
                "--inbound", $"127.0.0.1:{port}", "--service-url", $"http://127.0.0.1:{servicePort}",
                .. _calls.Where(call => call.To == service).SelectMany(call => new[] { "--caller", call.From }),
            ]
            : [];
        return
        [
            .. request.TargetCommand, "sidecar",
            "--service", service,
            "--admin", $"http://127.0.0.1:{_admin[service]}",
            "--authority", authority.CertificateFile,
            "--identity", authority.Issue(service),
            .. inbound,
            .. _calls.Where(call => call.From == service).SelectMany(call =>
                new[] { "--outbound", $"{call.To},127.0.0.1:{_outbound[call]},{proxies[call].Authority}" }),
            "--seed", $"{request.Seed}",
            "--stop-with-stdin",
        ];
    }
}
