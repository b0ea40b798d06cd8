using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Harness.Target.Observability;

namespace Harness.Target.Mesh;

/// <summary>Lets in who shows a certificate of this mesh for an edge that exists, at the handshake: nobody else gets to say a request.</summary>
internal sealed class PeerGate(MeshIdentity identity, IReadOnlyList<ServiceName> callers, MetricRegistry metrics, ILogger<PeerGate> logger)
{
    private readonly Counter _letIn = metrics.Counter("sidecar_peers_total", "Connections of other sidecars.", "outcome=\"let-in\"");
    private readonly Counter _refused = metrics.Counter("sidecar_peers_total", "Connections of other sidecars.", "outcome=\"refused\"");

    private readonly SslStreamCertificateContext _own = SslStreamCertificateContext.Create(identity.Certificate, null, offline: true);

    /// <summary>How a connection is begun: with our check alone, for the platform's would believe whomever the machine believes.</summary>
    public SslServerAuthenticationOptions Handshake() => new()
    {
        ServerCertificateContext = _own,
        EnabledSslProtocols = SidecarHost.Protocols,
        ClientCertificateRequired = true,
        CertificateChainPolicy = identity.ChainPolicy(),
        AllowTlsResume = false, // Every connection shows its certificate.
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => Decide(
            certificate is null ? "it shows no certificate"
            : errors != SslPolicyErrors.None ? $"its certificate is not of this mesh: {errors} {(chain is null ? "" : MeshIdentity.Statuses(chain))}"
            : !MeshIdentity.IsOf((X509Certificate2)certificate, callers) ? $"there is no edge from {certificate.Subject}"
            : null),
    };

    private bool Decide(string? problem)
    {
        (problem is null ? _letIn : _refused).Add();
        if (problem is not null)
            logger.LogWarning("A peer was refused: {Problem}", problem);
        return problem is null;
    }
}
