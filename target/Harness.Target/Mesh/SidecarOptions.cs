using System.Net;

namespace Harness.Target.Mesh;

/// <summary>Everything that one sidecar is told when it starts; see <see cref="SidecarCommandLine"/> for the words.</summary>
public sealed record SidecarOptions
{
    /// <summary>The service that it stands beside, and whose identity it has.</summary>
    public required ServiceName Service { get; init; }

    /// <summary>Where <c>/metrics</c> and <c>/health</c> are, plain, on loopback.</summary>
    public required Uri Admin { get; init; }

    /// <summary>The service's own identity: a PEM file with its certificate and its private key.</summary>
    public required string Identity { get; init; }

    /// <summary>Whom it believes: a PEM file with the certificate of this mesh's authority.</summary>
    public required string Authority { get; init; }

    /// <summary>What comes in from other sidecars; null for a service that nobody calls.</summary>
    public Inbound? Inbound { get; init; }

    /// <summary>What goes out, one for each edge; empty for a service that calls nobody.</summary>
    public IReadOnlyList<Outbound> Outbound { get; init; } = [];

    /// <value>Fixes the jitter of retries. Default 1.</value>
    public int Seed { get; init; } = 1;

    /// <value>Whether the process ends when its standard input does. Default false.</value>
    public bool StopWithStdin { get; init; }
}

/// <summary>What comes in from other sidecars.</summary>
/// <param name="Listen">Where they come to, over mutual TLS.</param>
/// <param name="Service">Where the service listens, plain, on loopback.</param>
/// <param name="Callers">Who may come: one for each edge that ends here.</param>
public sealed record Inbound(IPEndPoint Listen, Uri Service, IReadOnlyList<ServiceName> Callers);

/// <summary>One edge that begins here.</summary>
/// <param name="Callee">Who is called, and as whom the other side must identify itself.</param>
/// <param name="Listen">Where the service comes to, plain, on loopback.</param>
/// <param name="Peer">The callee's sidecar, or the proxy in front of it.</param>
public sealed record Outbound(ServiceName Callee, IPEndPoint Listen, DnsEndPoint Peer);
