using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Harness.Target.Mesh;

/// <summary>Who a sidecar is and whom it believes.</summary>
/// <remarks>
/// An identity is a DNS name in the certificate, <c>SERVICE.order-system.internal</c>. Nobody resolves it: addresses say where a peer is
/// reached, certificates alone say who it is.
/// </remarks>
public sealed class MeshIdentity : IDisposable
{
    private const string Domain = ".order-system.internal";

    private readonly X509Certificate2 _authority;

    private MeshIdentity(X509Certificate2 certificate, X509Certificate2 authority) => (Certificate, _authority) = (certificate, authority);

    /// <summary>Its own, with the private key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Reads both files and checks that they belong together.</summary>
    /// <exception cref="CryptographicException">A file holds no such thing, or the identity is another service's, out of its time, or signed by somebody else.</exception>
    public static MeshIdentity Read(SidecarOptions options)
    {
        var identity = new MeshIdentity(ReadOwn(options.Identity), X509CertificateLoader.LoadCertificateFromFile(options.Authority));
        using var chain = new X509Chain { ChainPolicy = identity.ChainPolicy() };
        var isSound = chain.Build(identity.Certificate);
        if (isSound && IsOf(identity.Certificate, [options.Service]))
            return identity;
        var problem = isSound ? $"it is not {NameOf(options.Service)}'s, but that of {identity.Certificate.Subject}" : Statuses(chain);
        identity.Dispose();
        throw new CryptographicException($"{options.Identity} is no identity to start with: {problem}");
    }

    /// <summary>The name that a service's certificate carries.</summary>
    public static string NameOf(ServiceName service) => service.Word() + Domain;

    /// <summary>Whether a certificate, which must have been verified, names one of these services.</summary>
    public static bool IsOf(X509Certificate2 certificate, IReadOnlyList<ServiceName> services) =>
        services.Any(service => certificate.MatchesHostname(NameOf(service), allowWildcards: false, allowCommonName: false));

    /// <summary>What is wrong with a chain, in the words of the platform.</summary>
    public static string Statuses(X509Chain chain) => string.Join(", ", chain.ChainStatus.Select(status => status.Status));

    /// <summary>How a chain is built: from this mesh's authority alone, whatever else the machine trusts, and without asking anybody else.</summary>
    public X509ChainPolicy ChainPolicy() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { _authority },
        // Certificates live about as long as a run; there is nobody to publish a list of revoked ones.
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    public void Dispose()
    {
        Certificate.Dispose();
        _authority.Dispose();
    }

    private static X509Certificate2 ReadOwn(string file)
    {
        var read = X509Certificate2.CreateFromPemFile(file);
        if (!OperatingSystem.IsWindows())
            return read;
        // Windows does TLS only with a key that its own key store has seen.
        using (read)
            return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }
}
