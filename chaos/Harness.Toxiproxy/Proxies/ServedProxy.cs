using System.Net;
using System.Net.Sockets;
using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Logs;
using Harness.Toxiproxy.Planes;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Proxies;

/// <summary>A proxy as it stands; read at any time from any thread.</summary>
internal sealed record ProxyState(string Name, string Listen, string Upstream, bool Enabled, TimeSpan? LeaseEnds = null);

/// <summary>A proxy of the server: a listener and its connections. Changed by one caller at a time; who that is, its collection sees to.</summary>
internal sealed class ServedProxy : IAcceptor
{
    private readonly IDataPlane _plane;
    private readonly ConnectionGroup[] _groups;
    private IListening? _listening;
    private long _accepted;
    private volatile ProxyState _state;
    private volatile ToxicChain _chain;

    public ServedProxy(IDataPlane plane, JsonLog log, int seed, NewProxy wanted)
    {
        (_plane, Log, Seed, _chain) = (plane, log, seed, wanted.Toxics);
        _state = new ProxyState(wanted.Name, wanted.Listen, wanted.Upstream, Enabled: false);
        _groups = [.. plane.Loops.Select(loop => new ConnectionGroup(this, plane, loop))];
    }

    public ProxyState State => _state;

    public string Name => _state.Name;

    public string Upstream => _state.Upstream;

    public int Seed { get; }

    public JsonLog Log { get; }

    public ToxicChain Chain => _chain;

    public TrafficCounter Traffic { get; } = new();

    /// <summary>Listens; its address is from then on the bound one.</summary>
    /// <exception cref="ApiException">The address cannot be had; the proxy stays as it was.</exception>
    public void Start(ListenAddress address)
    {
        Socket socket = address.Open();
        _state = _state with { Listen = socket.LocalEndPoint!.ToString()!, Enabled = true, LeaseEnds = null };
        _listening = _plane.Listen(socket, this);
        Log.Info("Started proxy", Fields);
    }

    /// <summary>Closes the listener and every connection; complete when both are closed.</summary>
    public async Task StopAsync()
    {
        if (_listening is not { } listening)
            return;
        _listening = null;
        _state = _state with { Enabled = false };
        await listening.CloseAsync();
        await OnEveryLoopAsync(group => group.CloseAll());
        Log.Info("Terminated proxy", Fields);
    }

    /// <summary>Takes another address; only while it is stopped.</summary>
    public void Move(string listen) => _state = _state with { Listen = listen };

    /// <summary>Takes another upstream and closes every connection to the old one. It listens on throughout: nobody can take its port meanwhile, and no
    /// client is refused.</summary>
    public async Task RedirectAsync(string upstream)
    {
        _state = _state with { Upstream = upstream };
        await OnEveryLoopAsync(group => group.CloseAll());
        Log.Info("Redirected proxy", Fields);
    }

    /// <summary>Says when a stopped proxy starts again by itself; null for never.</summary>
    public void SetLease(TimeSpan? ends) => _state = _state with { LeaseEnds = ends };

    /// <summary>Changes the toxics, of open connections too; complete when every link has them.</summary>
    public async Task ChangeToxicsAsync(ToxicChain chain)
    {
        _chain = chain;
        await OnEveryLoopAsync(group => group.ApplyChain());
    }

    private (string, string)[] Fields => [("proxy", Name), ("listen", State.Listen), ("upstream", State.Upstream)];

    long IAcceptor.NextNumber() => Interlocked.Increment(ref _accepted);

    void IAcceptor.Accepted(int loop, Peer client, IPEndPoint address, long number)
    {
        ConnectionGroup group = _groups[loop];
        group.Add(new Connection(group, client, address, number));
    }

    /// <summary>Asks each loop about its connections.</summary>
    public async Task OnEveryLoopAsync(Action<ConnectionGroup> action) =>
        await Task.WhenAll(_groups.Select(group => group.Loop.InvokeAsync(() => action(group))));
}
