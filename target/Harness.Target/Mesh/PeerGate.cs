using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Harness.Target.Observability;

namespace Harness.Target.Mesh;

/// <summary>Lets in who shows a certificate of this mesh for an edge that exists, at the handshake: nobody else gets to say a request.</summary>
internal sealed class PeerGate(MeshIdentity identity, IReadOnlyList<ServiceName> callers, MetricRegistry metrics, ILogger<PeerGate> logger)
{
    private readonly Counter _letIn = metrics.Counter("sidecar_peers_total", "Connections of other sidecars.", "outcome=\"let-in\"");
    private readonly Counter _refused = metrics.Counter("sidecar_peers_total", "Connections of other sidecars.", "outcome=\"refused\"");

    /// <summary>Puts our check in place of the server's own, which would believe whomever the machine believes.</summary>
    public void Guard(SslServerAuthenticationOptions handshake)
    {
        handshake.ClientCertificateRequired = true;
        handshake.CertificateChainPolicy = identity.ChainPolicy();
        handshake.AllowTlsResume = false; // Every connection shows its certificate.
        handshake.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            Decide(certificate is null ? "it shows no certificate"
                : errors != SslPolicyErrors.None ? $"its certificate is not of this mesh: {errors} {(chain is null ? "" : MeshIdentity.Statuses(chain))}"
                : !MeshIdentity.IsOf((X509Certificate2)certificate, callers) ? $"there is no edge from {certificate.Subject}"
                : null);
    }

    private bool Decide(string? problem)
    {
        (problem is null ? _letIn : _refused).Add();
        if (problem is not null)
            logger.LogWarning("A peer was refused: {Problem}", problem);
        return problem is null;
    }
}
