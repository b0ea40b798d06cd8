using System.Diagnostics;
using Harness.Chaos.Environments.Mesh;

namespace Harness.Target.Tests.Mesh;

/// <summary>The sidecar as a process: how it starts and how it ends.</summary>
public sealed class SidecarProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("target-test-").FullName;
    private readonly MeshAuthority _authority;
    private readonly Uri _admin = new($"http://127.0.0.1:{FreePort.Next()}");

    public SidecarProcessTests() => _authority = new MeshAuthority(_folder, TimeProvider.System);

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Ends_when_its_standard_input_does()
    {
        await using var sidecar = await ServiceProcess.StartAsync("orders-sidecar", _admin, [.. Words(_authority.Issue("orders")), "--stop-with-stdin"]);
        var watch = Stopwatch.StartNew();
        sidecar.CloseStdin();
        Assert.Equal(0, await sidecar.WaitForExitAsync());
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Refuses_to_start_as_somebody_else()
    {
        var (exitCode, output) = await ServiceProcess.RunAsync(Words(_authority.Issue("payments")));
        Assert.Equal(2, exitCode);
        Assert.Contains("payments.pem is no identity to start with: it is not orders.order-system.internal's", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_to_start_with_an_identity_of_another_mesh()
    {
        using var other = new MeshAuthority(Path.Combine(_folder, "other"), TimeProvider.System);
        var (exitCode, output) = await ServiceProcess.RunAsync(Words(other.Issue("orders")));
        Assert.Equal(2, exitCode);
        Assert.Contains("orders.pem is no identity to start with: ", output, StringComparison.Ordinal);
    }

    private string[] Words(string identity) =>
    [
        "sidecar", "--service", "orders", "--admin", _admin.ToString(), "--identity", identity, "--authority", _authority.CertificateFile,
        "--outbound", $"inventory,127.0.0.1:{FreePort.Next()},127.0.0.1:1",
    ];
}
