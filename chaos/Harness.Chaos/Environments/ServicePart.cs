using System.Globalization;
using Harness.Toxiproxy;

namespace Harness.Chaos.Environments;

/// <summary>A service of the order system: one instance at its first port, as long as no fault moves it or puts others beside it.</summary>
/// <param name="name">What people call it.</param>
/// <param name="home">The port at which it is started.</param>
/// <param name="make">Makes an instance; its number, from 1, and its port.</param>
/// <param name="edges">The proxies that lead to it, by name; none of them when sidecars stand between.</param>
/// <param name="proxies">Their control API.</param>
internal sealed class ServicePart(string name, int home, Func<int, int, OrderSystemPart> make, IReadOnlyList<string> edges, ToxiproxyClient proxies)
    : IOwnedPart, IMovablePart
{
    // The first one is that which the harness asks for health, metrics and ledgers.
    private readonly List<(int Port, OrderSystemPart Part)> _instances = [(home, make(1, home))];
    private readonly SemaphoreSlim _changing = new(1, 1);
    private Balancer? _balancer;
    private long _dealt;

    public string Name => name;

    public IReadOnlyList<int> Processes => [.. _instances.SelectMany(one => one.Part.Processes)];

    public async Task<int> KillAsync() => (await Task.WhenAll(_instances.Select(one => one.Part.KillAsync()))).Sum();

    public async Task<int> StopAsync() => (await Task.WhenAll(_instances.Select(one => one.Part.StopAsync()))).Sum();

    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(_instances.Select(one => one.Part.StartAsync(cancellationToken)));

    public Task MoveAsync(CancellationToken cancellationToken) => ChangeAsync(() => MoveAsync(FreePort.Take(1)[0], cancellationToken), cancellationToken);

    public Task AddAsync(CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            int port = FreePort.Take(1)[0];
            OrderSystemPart part = make(_instances.Count + 1, port);
            _instances.Add((port, part));
            return part.StartAsync(cancellationToken);
        },
        cancellationToken);

    public Task AnnounceAsync(CancellationToken cancellationToken) => ChangeAsync(() => LeadAsync([.. _instances.Select(one => one.Port)], cancellationToken), cancellationToken);

    public Task ReturnAsync(CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            if (_instances[0].Port != home)
                await MoveAsync(home, cancellationToken);
            // What was cut short may have left it down.
            await _instances[0].Part.StartAsync(cancellationToken);
            await LeadAsync([.. _instances.Select(one => one.Port)], cancellationToken);
        },
        cancellationToken);

    public Task LeaveAsync(CancellationToken cancellationToken) => ChangeAsync(
        async () =>
        {
            await LeadAsync([_instances[0].Port], cancellationToken);
            OrderSystemPart[] beside = [.. _instances.Skip(1).Select(one => one.Part)];
            _instances.RemoveRange(1, beside.Length);
            await Task.WhenAll(beside.Select(part => part.DisposeAsync().AsTask()));
        },
        cancellationToken);

    public async Task<TopologyCounts> CountAsync(CancellationToken cancellationToken)
    {
        ProxyEvidence?[] seen = await Task.WhenAll(edges.Select(edge => proxies.GetProxyEvidenceAsync(edge, cancellationToken)));
        return new TopologyCounts(seen.Sum(one => one?.DialsFailed ?? 0), seen.Sum(one => one?.Cut ?? 0), _dealt + (_balancer?.Beside ?? 0));
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync(_balancer);
        await Task.WhenAll(_instances.Select(one => one.Part.DisposeAsync().AsTask()));
        _changing.Dispose();
    }

    private async Task MoveAsync(int port, CancellationToken cancellationToken)
    {
        OrderSystemPart gone = _instances[0].Part;
        await gone.StopAsync();
        OrderSystemPart part = make(1, port);
        _instances[0] = (port, part);
        await gone.DisposeAsync();
        await part.StartAsync(cancellationToken);
    }

    /// <summary>Leads the edges to these ports; to more than one by dealing connections out.</summary>
    private async Task LeadAsync(IReadOnlyList<int> ports, CancellationToken cancellationToken)
    {
        Balancer? before = _balancer;
        _balancer = ports.Count == 1 ? null : Balancer.Start(ports);
        string upstream = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_balancer?.Port ?? ports[0]}");
        await Task.WhenAll(edges.Select(edge => proxies.SetUpstreamAsync(edge, upstream, cancellationToken)));
        await EndAsync(before);
    }

    private async Task EndAsync(Balancer? balancer)
    {
        if (balancer is null)
            return;
        await balancer.DisposeAsync();
        _dealt += balancer.Beside;
    }

    /// <summary>One change of its place at a time: several faults may be at it.</summary>
    private async Task ChangeAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken);
        try
        {
            await change();
        }
        finally
        {
            _changing.Release();
        }
    }
}
