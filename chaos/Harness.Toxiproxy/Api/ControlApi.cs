using System.Security.Cryptography;
using System.Text;
using Harness.Toxiproxy.Http;
using Harness.Toxiproxy.Json;
using Harness.Toxiproxy.Logs;
using Harness.Toxiproxy.Proxies;

namespace Harness.Toxiproxy.Api;

/// <summary>Finds the route of a request and guards it: browsers are turned away, changes may want a token.</summary>
internal sealed class ControlApi(RouteTable routes, string? token, JsonLog log)
{
    public async Task<HttpReply> AnswerAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (CleanedPath(request.Path) is { } cleaned)
            return HttpReply.Empty(301) with { Headers = [("Location", cleaned)] };
        if (routes.Find(request) is not { } route)
            return HttpReply.Text(404, "404 page not found\n");
        if (route.Handler is not { } handler)
            return HttpReply.Empty(405);
        HttpReply reply = Refusal(request) ?? await HandleAsync(handler, request, route.Variables, cancellationToken);
        return reply with { Headers = [.. reply.Headers, ("X-Toxiproxy-Request-Id", Guid.NewGuid().ToString("N")[..20])] };
    }

    private async Task<HttpReply> HandleAsync(
        RouteHandler handler, HttpRequest request, IReadOnlyList<string> variables, CancellationToken cancellationToken)
    {
        try
        {
            return await handler(request, variables, cancellationToken);
        }
        catch (ApiException refused)
        {
            return HttpReply.Error(refused.Status, refused.Message);
        }
        catch (JsonFormatException malformed)
        {
            return HttpReply.Error(400, $"bad request body: {malformed.Message}");
        }
        catch (Exception unforeseen) when (unforeseen is not OperationCanceledException)
        {
            // The caller hears of it, and the next call is answered.
            log.Error("A call failed", ("method", request.Method), ("path", request.Path), ("error", unforeseen.ToString()));
            return HttpReply.Error(500, unforeseen.Message);
        }
    }

    private HttpReply? Refusal(HttpRequest request)
    {
        // A page in a browser could otherwise change proxies of whoever looks at it.
        if (request.Header("User-Agent").StartsWith("Mozilla/", StringComparison.Ordinal) || IsForeignPage(request))
            return HttpReply.Text(403, "User agent not allowed\n");
        bool changes = request.Method != "GET";
        return changes && token is not null && !HasToken(request) ? HttpReply.Error(401, "bearer token missing or wrong") : null;
    }

    private bool HasToken(HttpRequest request) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(request.Header("Authorization")), Encoding.UTF8.GetBytes($"Bearer {token}"));

    private static bool IsForeignPage(HttpRequest request) =>
        request.Header("Origin") is { Length: > 0 } origin && origin != $"http://{request.Header("Host")}";

    private static string? CleanedPath(string path) =>
        path.Contains("//", StringComparison.Ordinal) ? "/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries)) : null;
}
