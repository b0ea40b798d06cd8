namespace Harness.Chaos.Environments.Externals;

/// <summary>A system that somebody else started, and the Toxiproxy through which its edges can be broken.</summary>
internal sealed record ExternalSystem
{
    /// <summary>Each service's own address, by name: for health, metrics and audits.</summary>
    public required IReadOnlyDictionary<string, Uri> Services { get; init; }

    /// <summary>The control API of its Toxiproxy.</summary>
    public required Uri Toxiproxy { get; init; }

    /// <summary>The edges that have a proxy, or are to be given one.</summary>
    public required IReadOnlyDictionary<Edge, ExternalProxy> Proxies { get; init; }

    /// <summary>Every host that would be talked to, loaded or broken.</summary>
    public IEnumerable<string> Hosts =>
        Services.Values.Append(Toxiproxy).Select(url => url.Host)
            .Concat(Proxies.Values.Select(proxy => proxy.Upstream).OfType<string>().Select(upstream => upstream[..upstream.LastIndexOf(':')]))
            .Distinct(StringComparer.OrdinalIgnoreCase);
}

/// <summary>The proxy of an edge.</summary>
/// <param name="Name">What it is called in the Toxiproxy.</param>
/// <param name="Listen">Where one that is to be made listens, <c>host:port</c>; null when it is there already.</param>
/// <param name="Upstream">Where one that is to be made leads to, <c>host:port</c>; null when it is there already.</param>
internal sealed record ExternalProxy(string Name, string? Listen, string? Upstream)
{
    /// <summary>Whether it is made for the run and removed after it.</summary>
    public bool IsMade => Upstream is not null;
}
