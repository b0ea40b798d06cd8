using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Harness.Cli.Control;

/// <summary>Who may talk to the control API: somebody on this machine who knows the token, and no page of anybody else.</summary>
/// <remarks>The name that was asked for must be a loopback name: a foreign name that was made to point here (DNS rebinding) is refused, and so is a
/// request that a browser sends for another origin. Nothing that is asked for by GET changes anything.</remarks>
internal sealed class ControlGuard(string token)
{
    private static readonly string[] OwnNames = ["127.0.0.1", "localhost", "[::1]"];
    private readonly byte[] _token = SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>Known when it listens.</summary>
    public int Port { get; set; }

    public void Use(WebApplication app) => app.Use(async (context, next) =>
    {
        if (Refusal(context.Request) is var (status, detail))
        {
            if (status == StatusCodes.Status401Unauthorized)
                context.Response.Headers.WWWAuthenticate = "Bearer";
            await Results.Problem(statusCode: status, detail: detail).ExecuteAsync(context);
            return;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        await next(context);
    });

    private (int Status, string Detail)? Refusal(HttpRequest request)
    {
        if (!OwnNames.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase) || request.Host.Port != Port)
            return (StatusCodes.Status403Forbidden, $"This is 127.0.0.1:{Port}, and goes by no other name.");
        if (request.Headers.Origin.Count > 0 && !OwnNames.Any(name => request.Headers.Origin == $"http://{name}:{Port}"))
            return (StatusCodes.Status403Forbidden, "Pages of other origins have no say here.");
        if (request.Path.StartsWithSegments("/api") && !IsAuthorized(request))
            return (StatusCodes.Status401Unauthorized, "The header Authorization: Bearer TOKEN is missing or wrong; harness up prints the token.");
        return null;
    }

    // Digests of equal length are compared, so that neither the length nor the place of a difference can be told by a clock.
    private bool IsAuthorized(HttpRequest request) =>
        request.Headers.Authorization.ToString() is ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var said]
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(said)), _token);
}
