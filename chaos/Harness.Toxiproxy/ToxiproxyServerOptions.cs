namespace Harness.Toxiproxy;

/// <summary>How a server is to run.</summary>
public sealed record ToxiproxyServerOptions
{
    /// <value>Where the control API listens; a name or an address. Loopback by default, because who reaches it can cut every link.</value>
    public string Host { get; init; } = "127.0.0.1";

    /// <value>In [0, 65535]; 0 takes a free one. 8474 by default, as with Toxiproxy.</value>
    public int Port { get; init; } = 8474;

    /// <value>Makes every draw of toxicity and jitter repeat, connection by connection. Null draws a seed.</value>
    public int? Seed { get; init; }

    /// <value>The clock of leases and logs. Toxics wait by the data plane's own.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <value>When given, every call but a GET must carry it: <c>Authorization: Bearer …</c>.</value>
    public string? Token { get; init; }

    /// <value>A JSON file with proxies, as for <c>POST /populate</c>. A bad one is logged and ignored.</value>
    public string? ConfigFile { get; init; }

    /// <value>Whether <c>GET /metrics</c> tells bytes by proxy.</value>
    public bool ProxyMetrics { get; init; }

    /// <value>Whether <c>GET /metrics</c> tells about the process.</value>
    public bool RuntimeMetrics { get; init; }

    /// <value>Where the log goes, one JSON object a line; null drops it.</value>
    public TextWriter? Log { get; init; }

    /// <value>What the log leaves out: <c>panic fatal error warn info debug trace</c>; another text, or null, leaves out nothing.</value>
    public string? LogLevel { get; init; }

    /// <value><c>epoll</c> (Linux only) or <c>portable</c>; null takes what the environment variable HARNESS_TOXIPROXY_DATAPLANE says, else the fastest there is.</value>
    public string? DataPlane { get; init; }
}
