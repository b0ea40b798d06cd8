using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Harness.Chaos.Environments.Mesh;

/// <summary>
/// The authority of one run's mesh: it says who is who, and it is gone when the run is. Its private key never leaves this process's memory;
/// what it issues lies in the run's own folder, readable by its owner alone.
/// </summary>
internal sealed class MeshAuthority : IDisposable
{
    /// <summary>Longer than any run, and short enough that a copy of a key is soon worth nothing.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    /// <summary>A certificate whose start lies in the future of a clock that is a little behind would be refused.</summary>
    private static readonly TimeSpan Backdated = TimeSpan.FromMinutes(5);

    private readonly string _folder;
    private readonly DateTimeOffset _start;
    private readonly X509Certificate2 _own;

    /// <param name="folder">Where its files go; made, for its owner alone, when it is not there.</param>
    /// <param name="time">Tells from when the certificates count.</param>
    public MeshAuthority(string folder, TimeProvider time)
    {
        _folder = folder;
        _start = time.GetUtcNow() - Backdated;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=order system run", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        _own = request.CreateSelfSigned(_start, _start + Backdated + Lifetime);
        CertificateFile = Write("authority.pem", _own.ExportCertificatePem());
    }

    /// <summary>What its members believe: its certificate, without its key.</summary>
    public string CertificateFile { get; }

    /// <summary>Issues a service's identity, good for both ends of a connection.</summary>
    /// <param name="service">Becomes the name <c>SERVICE.order-system.internal</c>.</param>
    /// <returns>A PEM file with the certificate and its private key.</returns>
    public string Issue(string service)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={service}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName($"{service}.order-system.internal");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerUse), new Oid(ClientUse)], critical: true));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_own, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using X509Certificate2 issued = request.Create(_own, _start, _own.NotAfter, RandomNumberGenerator.GetBytes(16));
        return Write($"{service}.pem", issued.ExportCertificatePem() + '\n' + key.ExportPkcs8PrivateKeyPem() + '\n');
    }

    public void Dispose() => _own.Dispose();

    /// <summary>Made with its mode, not given it afterwards: there is no moment in which others could open it.</summary>
    private string Write(string name, string text)
    {
        string file = Path.Combine(_folder, name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
        return file;
    }
}
