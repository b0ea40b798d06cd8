using System.Text.Json.Nodes;
using Harness.Chaos.Control;
using Harness.Chaos.Environments;
using Harness.Records;
using Harness.Toxiproxy;

namespace Harness.Cli.Control;

/// <summary>A system that is up, as it is now.</summary>
/// <param name="FormatVersion">Of this shape; it changes only with this number.</param>
/// <param name="Environment"><c>local</c>.</param>
/// <param name="Seed">What proxies and services draw by.</param>
/// <param name="Record">The folder with events, series and logs.</param>
/// <param name="UpSeconds">Since its start.</param>
/// <param name="OrdersPerSecond">Of the load that was asked for; 0 for none.</param>
/// <param name="Switches">Those of the order system that were set.</param>
/// <param name="Services">The services.</param>
/// <param name="Parts">Services and stores that are processes of this machine.</param>
/// <param name="Stores">Cache, bus and database, where they belong to this system.</param>
/// <param name="Edges">Who calls whom, and how that goes.</param>
/// <param name="Load">What came of the load in the last second.</param>
/// <param name="Faults">What is wrong now.</param>
internal sealed record StatusView(
    int FormatVersion, string Environment, int Seed, string Record, double UpSeconds, double OrdersPerSecond, IReadOnlyDictionary<string, string> Switches,
    IReadOnlyList<ServiceView> Services, IReadOnlyList<string> Parts, IReadOnlyList<StoreHealth> Stores, IReadOnlyList<EdgeView> Edges, IReadOnlyList<LoadPoint> Load,
    IReadOnlyList<HeldFault> Faults)
{
    public static async Task<StatusView> OfAsync(ControlRoom room)
    {
        IReadOnlyDictionary<string, Proxy> proxies = await room.Environment.Proxies.GetProxiesAsync(CancellationToken.None);
        Moment? last = room.Board.Seconds is [.., var newest] ? newest : null;
        HeldFault[] live = [.. room.Desk.All.Where(fault => fault.IsLive)];
        return new StatusView(
            1, room.Kind.Name, room.Seed, room.Record, room.Clock.Now.TotalSeconds, room.Load.RatePerSecond, room.Switches,
            [.. room.Environment.Services.Select(service => Of(service, last))],
            [.. room.Environment.Parts.Select(part => part.Name)],
            [.. room.Environment.Stores.Select(store => last?.Stores.FirstOrDefault(one => one.Name == store.Name) ?? new StoreHealth(store.Name, null, null))],
            [.. room.Environment.Edges.Select(edge => Of(edge, room, proxies, last, live))],
            last?.Load ?? [],
            live);
    }

    private static ServiceView Of(RunningService service, Moment? last)
    {
        ServicePoint? said = last?.Services.FirstOrDefault(one => one.Name == service.Name);
        return new ServiceView(service.Name, service.ForClients, service.Direct, last is null ? null : said is not null, said?.Cpu, said?.MemoryBytes, said?.OpenBreakers ?? []);
    }

    private static EdgeView Of(Edge edge, ControlRoom room, IReadOnlyDictionary<string, Proxy> proxies, Moment? last, HeldFault[] live)
    {
        string name = edge.ToString();
        Proxy? proxy = proxies.GetValueOrDefault(room.Environment.ProxyOf(edge));
        EdgeHealth? seen = last?.Edges.FirstOrDefault(one => one.Edge == name);
        return new EdgeView(name, edge.From, edge.To, proxy?.Listen ?? "-", proxy?.Upstream ?? "-", seen?.Milliseconds, seen?.Problem, [.. live.Where(fault => fault.Edges.Contains(name)).Select(fault => fault.Id)]);
    }
}

/// <summary>A service.</summary>
/// <param name="Name"><c>orders</c>.</param>
/// <param name="Url">Through its proxy, as clients reach it.</param>
/// <param name="Direct">Past every proxy.</param>
/// <param name="Answers">Whether it has told its metrics within the last three seconds; null before anybody asked.</param>
/// <param name="Cpu">Cores it was busy with.</param>
/// <param name="MemoryBytes">Resident.</param>
/// <param name="OpenBreakers">Of its outgoing edges, those that let nothing through now.</param>
internal sealed record ServiceView(string Name, Uri Url, Uri Direct, bool? Answers, double? Cpu, long? MemoryBytes, IReadOnlyList<string> OpenBreakers);

/// <summary>An edge.</summary>
/// <param name="Edge"><c>orders -> payments</c>.</param>
/// <param name="From">Who calls.</param>
/// <param name="To">Who is called.</param>
/// <param name="Listen">Where its proxy listens.</param>
/// <param name="Upstream">Where that leads.</param>
/// <param name="Milliseconds">From a new connection through the proxy to the first answer, in the last second; null when none came.</param>
/// <param name="Problem">Why none came.</param>
/// <param name="Faults">Ids of what is put on it by hand.</param>
internal sealed record EdgeView(string Edge, string From, string To, string Listen, string Upstream, double? Milliseconds, string? Problem, IReadOnlyList<string> Faults);

/// <summary>A kind of fault.</summary>
/// <param name="Name"><c>latency</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Fields">What it takes, as JSON Schema (draft 2020-12).</param>
internal sealed record FaultKindView(string Name, string Summary, JsonObject Fields);

/// <summary>What has happened so far.</summary>
/// <param name="Seconds">The last ten minutes.</param>
/// <param name="Events">The last 500.</param>
internal sealed record HistoryView(IReadOnlyList<Moment> Seconds, IReadOnlyList<TimelineEvent> Events);

/// <summary>What load is wanted.</summary>
/// <param name="Rate">Orders a second, such as <c>20/s</c>; three times as many looks at products come with it. At most 500/s.</param>
/// <param name="For">How long, such as <c>10m</c>, which is the default; at most an hour.</param>
internal sealed record LoadForm(string? Rate, string? For);
