using Harness.Toxiproxy.Http;
using Harness.Toxiproxy.Json;
using Harness.Toxiproxy.Proxies;

namespace Harness.Toxiproxy.Api;

/// <summary>The routes about proxies.</summary>
internal sealed class ProxyRoutes(ProxyCollection proxies, Leases leases)
{
    public void AddTo(RouteTable routes)
    {
        routes.Add("GET", "/proxies", (_, _, _) => Task.FromResult(HttpReply.Json(200, WireProxy.Write(proxies.All))));
        routes.Add("POST", "/proxies", CreateAsync);
        routes.Add("POST", "/populate", PopulateAsync);
        routes.Add("POST", "/reset", ResetAsync);
        routes.Add("GET", "/proxies/{}", (_, names, _) => Task.FromResult(HttpReply.Json(200, WireProxy.Write(proxies.Get(names[0])))));
        routes.Add("POST", "/proxies/{}", UpdateAsync);
        routes.Add("PATCH", "/proxies/{}", UpdateAsync);
        routes.Add("DELETE", "/proxies/{}", DeleteAsync);
    }

    private async Task<HttpReply> CreateAsync(HttpRequest request, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        NewProxy wanted = WireProxy.ReadNew(JsonParser.Parse(request.Body.Span), proxies.Now);
        ServedProxy proxy = await proxies.CreateAsync(wanted, cancellationToken);
        // Watching looks at every proxy: among thousands, a creation that brings no lease need not pay for that.
        if (wanted.Toxics.All.Any(toxic => toxic.LeaseEnds is not null))
            leases.Watch();
        return HttpReply.Json(201, WireProxy.Write(proxy));
    }

    private async Task<HttpReply> UpdateAsync(HttpRequest request, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        proxies.Get(names[0]);
        ProxyUpdate update = WireProxy.ReadUpdate(JsonParser.Parse(request.Body.Span));
        ServedProxy proxy = await proxies.UpdateAsync(names[0], update, cancellationToken);
        leases.Watch();
        return HttpReply.Json(200, WireProxy.Write(proxy));
    }

    private async Task<HttpReply> DeleteAsync(HttpRequest request, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await proxies.DeleteAsync(names[0], cancellationToken);
        return HttpReply.Empty(204);
    }

    private async Task<HttpReply> ResetAsync(HttpRequest request, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await proxies.ResetAsync(cancellationToken);
        return HttpReply.Empty(204);
    }

    private async Task<HttpReply> PopulateAsync(HttpRequest request, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var done = new List<ServedProxy>();
        try
        {
            await proxies.PopulateAsync(WireProxy.ReadMany(JsonParser.Parse(request.Body.Span), proxies.Now), done, cancellationToken);
            leases.Watch();
            return HttpReply.Json(201, JsonText.Object([("proxies", List(done))]));
        }
        catch (ApiException refused)
        {
            return Refused(refused.Status, refused.Message, done);
        }
        catch (JsonFormatException malformed)
        {
            return Refused(400, $"bad request body: {malformed.Message}", done);
        }
    }

    private static HttpReply Refused(int status, string error, List<ServedProxy> done) =>
        HttpReply.Json(status, JsonText.Object([("error", JsonText.Of(error)), ("status", JsonText.Of(status)), ("proxies", List(done))]));

    private static string List(List<ServedProxy> done) => done.Count == 0 ? "null" : JsonText.Array(done.Select(WireProxy.Write));
}
