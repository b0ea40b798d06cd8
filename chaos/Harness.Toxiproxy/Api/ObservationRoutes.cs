using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Harness.Toxiproxy.Http;
using Harness.Toxiproxy.Json;
using Harness.Toxiproxy.Links;
using Harness.Toxiproxy.Logs;
using Harness.Toxiproxy.Proxies;

namespace Harness.Toxiproxy.Api;

/// <summary>Routes that only look: evidence, open connections, events. Extensions, all of them.</summary>
internal sealed class ObservationRoutes(ProxyCollection proxies, JsonLog log)
{
    private const int EventsKept = 4096;

    public void AddTo(RouteTable routes)
    {
        routes.Add("GET", "/proxies/{}/evidence", (_, names, _) => Task.FromResult(HttpReply.Json(200, WireEvidence.Write(proxies.Get(names[0]).Traffic.Read()))));
        routes.Add("GET", "/proxies/{}/connections", async (_, names, _) => HttpReply.Json(200, await ConnectionsAsync(proxies.Get(names[0]))));
        routes.Add("GET", "/events", (_, _, _) => Task.FromResult(new HttpReply(200, "application/x-ndjson", []) { Stream = StreamEventsAsync }));
    }

    private static async Task<string> ConnectionsAsync(ServedProxy proxy)
    {
        var open = new ConcurrentBag<(long Number, string Json)>();
        await proxy.OnEveryLoopAsync(group =>
        {
            foreach (Connection connection in group.Snapshot())
                open.Add((connection.Number, Write(connection)));
        });
        return JsonText.Array(open.OrderBy(c => c.Number).Select(c => c.Json));
    }

    private static string Write(Connection connection) => JsonText.Object(
    [
        ("number", JsonText.Of(connection.Number)),
        ("client", JsonText.Of(connection.ClientAddress.ToString())),
        ("open_ms", JsonText.Of((long)(connection.Loop.Now - connection.AcceptedAt).TotalMilliseconds)),
        ("bytes_up", JsonText.Of(connection.BytesUp)),
        ("bytes_down", JsonText.Of(connection.BytesDown)),
    ]);

    private async Task StreamEventsAsync(Func<ReadOnlyMemory<byte>, Task> write, CancellationToken cancellationToken)
    {
        var events = Channel.CreateBounded<string>(new BoundedChannelOptions(EventsKept) { FullMode = BoundedChannelFullMode.DropOldest });
        using IDisposable listening = log.Listen(events.Writer);
        await foreach (string line in events.Reader.ReadAllAsync(cancellationToken))
            await write(Encoding.UTF8.GetBytes(line + "\n"));
    }
}
