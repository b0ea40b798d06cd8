using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Harness.Chaos.Environments.Mesh;

namespace Harness.Chaos.Tests.Environments.Mesh;

public sealed class MeshAuthorityTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "chaos-test-" + Guid.NewGuid().ToString("N"));
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 5, 1, 12, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Issues_an_identity_for_both_ends_that_its_own_certificate_vouches_for_during_a_day()
    {
        using var authority = new MeshAuthority(_folder, _time);
        using var issued = X509Certificate2.CreateFromPemFile(authority.Issue("orders"));

        Assert.True(issued.HasPrivateKey);
        Assert.True(issued.MatchesHostname("orders.order-system.internal", allowWildcards: false, allowCommonName: false));
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], issued.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(use => use.Value));
        Assert.True(Vouches(authority, issued, _time.GetUtcNow() + MeshAuthority.Lifetime - TimeSpan.FromSeconds(1)));
        Assert.False(Vouches(authority, issued, _time.GetUtcNow() + MeshAuthority.Lifetime + TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Does_not_vouch_for_what_another_issued()
    {
        using var authority = new MeshAuthority(_folder, _time);
        using var other = new MeshAuthority(Path.Combine(_folder, "other"), _time);
        using var issued = X509Certificate2.CreateFromPemFile(other.Issue("orders"));

        Assert.False(Vouches(authority, issued, _time.GetUtcNow()));
        Assert.True(Vouches(other, issued, _time.GetUtcNow()));
    }

    [Fact]
    public void Keeps_its_own_key_and_lets_nobody_else_read_the_keys_that_it_writes()
    {
        using var authority = new MeshAuthority(_folder, _time);
        authority.Issue("orders");

        Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(authority.CertificateFile), StringComparison.Ordinal);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder));
        string[] files = Directory.GetFiles(_folder);
        Assert.Equal(2, files.Length);
        foreach (string file in files)
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    private static bool Vouches(MeshAuthority authority, X509Certificate2 issued, DateTimeOffset at)
    {
        using X509Certificate2 root = X509CertificateLoader.LoadCertificateFromFile(authority.CertificateFile);
        using var chain = new X509Chain();
        chain.ChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { root },
            RevocationMode = X509RevocationMode.NoCheck,
            VerificationTime = at.UtcDateTime,
        };
        return chain.Build(issued);
    }
}
