using Harness.Toxiproxy.Http;
using Harness.Toxiproxy.Json;
using Harness.Toxiproxy.Logs;
using Harness.Toxiproxy.Proxies;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Api;

/// <summary>The routes about toxics.</summary>
internal sealed class ToxicRoutes(ProxyCollection proxies, Leases leases, JsonLog log)
{
    public void AddTo(RouteTable routes)
    {
        routes.Add("GET", "/proxies/{}/toxics", (_, names, _) =>
            Task.FromResult(HttpReply.Json(200, JsonText.Array(proxies.Get(names[0]).Chain.Listed.Select(WireToxic.Write)))));
        routes.Add("POST", "/proxies/{}/toxics", AddAsync);
        routes.Add("GET", "/proxies/{}/toxics/{}", (_, names, _) =>
            Task.FromResult(HttpReply.Json(200, WireToxic.Write(Find(proxies.Get(names[0]).Chain, names[1])))));
        routes.Add("POST", "/proxies/{}/toxics/{}", UpdateAsync);
        routes.Add("PATCH", "/proxies/{}/toxics/{}", UpdateAsync);
        routes.Add("DELETE", "/proxies/{}/toxics/{}", RemoveAsync);
        routes.Add("GET", "/proxies/{}/toxics/{}/evidence", (_, names, _) =>
            Task.FromResult(HttpReply.Json(200, WireEvidence.Write(Find(proxies.Get(names[0]).Chain, names[1]).Evidence.Read()))));
    }

    private async Task<HttpReply> AddAsync(HttpRequest request, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        proxies.Get(names[0]);
        ToxicDefinition toxic = WireToxic.ReadNew(JsonParser.Parse(request.Body.Span), proxies.Now);
        await proxies.ChangeToxicsAsync(
            names[0], chain => chain.Find(toxic.Name) is null ? chain.With(toxic) : throw ApiException.ToxicExists(), cancellationToken);
        leases.Watch();
        Tell("Added toxic", names[0], toxic.Name);
        return HttpReply.Json(200, WireToxic.Write(toxic));
    }

    private async Task<HttpReply> UpdateAsync(HttpRequest request, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        Find(proxies.Get(names[0]).Chain, names[1]);
        JsonValue body = JsonParser.Parse(request.Body.Span);
        ToxicDefinition? changed = null;
        await proxies.ChangeToxicsAsync(names[0], chain =>
        {
            changed = WireToxic.ReadUpdate(Find(chain, names[1]), body, proxies.Now);
            return chain.Replace(changed);
        }, cancellationToken);
        leases.Watch();
        Tell("Updated toxic", names[0], names[1]);
        return HttpReply.Json(200, WireToxic.Write(changed!));
    }

    private async Task<HttpReply> RemoveAsync(HttpRequest request, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await proxies.ChangeToxicsAsync(names[0], chain => chain.Without(Find(chain, names[1])), cancellationToken);
        Tell("Removed toxic", names[0], names[1]);
        return HttpReply.Empty(204);
    }

    private void Tell(string what, string proxy, string toxic) => log.Info(what, ("proxy", proxy), ("toxic", toxic));

    private static ToxicDefinition Find(ToxicChain chain, string name) => chain.Find(name) ?? throw ApiException.ToxicNotFound();
}
