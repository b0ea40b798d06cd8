using System.Diagnostics;
using Harness.Chaos.Benchmarks.Healing;

namespace Harness.Chaos.Tests.Benchmarks.Healing;

public sealed class FootprintTests
{
    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finds_what_outlives_its_parent_says_what_it_is_and_ends_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "sleep 300 & exec sleep 301"]))!;
        var footprint = new Footprint(process.Id);
        while (footprint.Processes < 2)
        {
            footprint.Look();
            await Task.Delay(10, Ended);
        }

        process.Kill();
        await process.WaitForExitAsync(Ended);
        Assert.True(footprint.IsThere());
        Assert.Contains("sleep 300", Assert.Single(footprint.Leftovers()), StringComparison.Ordinal);

        footprint.End();
        while (footprint.IsThere())
            await Task.Delay(10, Ended);
        Assert.Empty(footprint.Leftovers());
    }

    [Fact]
    public void Finds_the_ports_that_are_listened_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var footprint = new Footprint(Environment.ProcessId);
        footprint.Look();
        Assert.Contains(((System.Net.IPEndPoint)listener.LocalEndpoint).Port, footprint.Ports);
    }
}
