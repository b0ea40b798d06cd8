using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Records;
using Harness.Toxiproxy;
using Npgsql;
using StackExchange.Redis;
using Proxy = Harness.Toxiproxy.Proxy;

namespace Harness.Chaos.Control;

/// <summary>What one edge was seen to do lately.</summary>
/// <param name="Edge"><c>orders -> payments</c>.</param>
/// <param name="Milliseconds">From a new connection to its first answer; null when none came in time.</param>
/// <param name="Problem">Why there was none; null when there was.</param>
public sealed record EdgeHealth(string Edge, double? Milliseconds, string? Problem);

/// <summary>What one store was seen to do lately, past every proxy: a store that is well behind an edge that is cut is well.</summary>
/// <param name="Name"><c>redis</c>.</param>
/// <param name="Milliseconds">From a new connection to its first answer; null when none came in time.</param>
/// <param name="Problem">Why there was none; null when there was.</param>
public sealed record StoreHealth(string Name, double? Milliseconds, string? Problem);

/// <summary>
/// Asks something small through the proxy of every edge, and of every store past them, once a second, each over a connection of its own: what a
/// service that connects anew would find.
/// </summary>
internal sealed class EdgeProbe(IRunningEnvironment environment, RunClock clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private readonly Lock _writing = new();
    private readonly Dictionary<string, EdgeHealth> _edges = [];
    private readonly Dictionary<string, StoreHealth> _stores = [];

    public IReadOnlyList<EdgeHealth> Edges
    {
        get
        {
            lock (_writing)
                return [.. environment.Edges.Select(edge => _edges.GetValueOrDefault(edge.ToString())).OfType<EdgeHealth>()];
        }
    }

    public IReadOnlyList<StoreHealth> Stores
    {
        get
        {
            lock (_writing)
                return [.. environment.Stores.Select(store => _stores.GetValueOrDefault(store.Name)).OfType<StoreHealth>()];
        }
    }

    public async Task RunAsync(CancellationToken endToken)
    {
        try
        {
            IReadOnlyDictionary<string, Proxy> proxies = await environment.Proxies.GetProxiesAsync(endToken);
            await Task.WhenAll(
            [
                .. environment.Edges.Where(edge => proxies.ContainsKey(environment.ProxyOf(edge)))
                    .Select(edge => WatchAsync(Question(edge, proxies[environment.ProxyOf(edge)].Listen), seen => _edges[edge.ToString()] = new EdgeHealth(edge.ToString(), seen.Milliseconds, seen.Problem), endToken)),
                .. environment.Stores.Select(store => WatchAsync(Question(store), seen => _stores[store.Name] = new StoreHealth(store.Name, seen.Milliseconds, seen.Problem), endToken)),
            ]);
        }
        catch (Exception error) when (error is ToxiproxyException or HttpRequestException or OperationCanceledException)
        {
            // Without proxies to go through nothing can be said of the edges.
            return;
        }
    }

    private async Task WatchAsync(SmallQuestion question, Action<(double? Milliseconds, string? Problem)> note, CancellationToken endToken)
    {
        using var timer = new PeriodicTimer(Every, clock.Time);
        do
        {
            (double? Milliseconds, string? Problem) seen = await question.AskAsync(clock, endToken);
            lock (_writing)
                note(seen);
        }
        while (await timer.WaitForNextTickAsync(endToken));
    }

    private static SmallQuestion Question(Edge edge, string listen)
    {
        int colon = listen.LastIndexOf(':');
        return new SmallQuestion(edge.To, listen[..colon].Trim('[', ']'), int.Parse(listen[(colon + 1)..], CultureInfo.InvariantCulture));
    }

    private static SmallQuestion Question(RunningStore store)
    {
        if (store.Name == "postgres")
        {
            var address = new NpgsqlConnectionStringBuilder(store.Connection);
            return new SmallQuestion(store.Name, address.Host!, address.Port);
        }

        (string host, int port) = ConfigurationOptions.Parse(store.Connection).EndPoints[0] switch
        {
            System.Net.DnsEndPoint named => (named.Host, named.Port),
            System.Net.IPEndPoint numbered => (numbered.Address.ToString(), numbered.Port),
            var other => throw new EnvironmentException($"{store.Name} listens on {other}, which is no place of a network"),
        };
        return new SmallQuestion(store.Name, host, port);
    }
}
