using System.Globalization;
using System.Net;

namespace Harness.Load;

/// <summary>What a client may conclude from how an HTTP call ended.</summary>
public static class HttpOutcome
{
    private static readonly string?[] Names = new string?[600];

    /// <summary>2xx is ok. A 4xx and 503 are refused: both promise that nothing was done (RFC 9110, sections 15.5 and 15.6.4). Any other
    /// answer, a 500 or 504 above all, may have come after the effect.</summary>
    public static Outcome Of(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => Outcome.Ok,
        >= 400 and < 500 or 503 => Outcome.Refused,
        _ => Outcome.Unknown,
    };

    /// <summary><c>http-503</c>.</summary>
    public static string ErrorOf(HttpStatusCode status) => $"http-{(int)status}";

    /// <summary><c>503</c>; made once for each status.</summary>
    public static string NameOf(HttpStatusCode status) => (uint)status < Names.Length
        ? Names[(int)status] ??= ((int)status).ToString(CultureInfo.InvariantCulture)
        : ((int)status).ToString(CultureInfo.InvariantCulture);

    /// <summary>Refused when there never was a connection to send anything on; else unknown.</summary>
    public static Outcome Of(HttpRequestException failure) => failure.HttpRequestError switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError => Outcome.Refused,
        _ => Outcome.Unknown,
    };
}
