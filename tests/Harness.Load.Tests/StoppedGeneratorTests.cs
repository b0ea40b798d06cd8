using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Harness.Load.Tests;

/// <summary>The generator itself stands still for a second, as a long pause of its machine would make it.</summary>
[Collection(nameof(AlonePart))]
public sealed class StoppedGeneratorTests
{
    private const int SigStop = 19;
    private const int SigCont = 18;

    [Fact]
    public async Task Owns_up_to_a_second_in_which_it_stood_still()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "stopping a process by signal is tried on Linux only");
        using Process generator = OwnProcess.Start("generate", "200", "10");
        Assert.Equal("begun", await ReadLineAsync(generator));

        Assert.Equal(0, Kill(generator.Id, SigStop));
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }
        finally
        {
            Assert.Equal(0, Kill(generator.Id, SigCont));
        }

        Dictionary<string, double> report = Parse(await ReadLineAsync(generator));
        await generator.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Finished.Limit, TestContext.Current.CancellationToken);

        Assert.Equal((2000, 2000), (report["due"], report["ok"]));
        Assert.InRange(report["p95"], 400, 900);
        Assert.InRange(report["p99"], 850, 1500);
        Assert.InRange(report["max"], 950, 2000);
        Assert.Equal(0, report["kept-up"]);
        TestContext.Current.SendDiagnosticMessage(string.Join(' ', report));
    }

    private static async Task<string> ReadLineAsync(Process generator) =>
        await generator.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask()
            .WaitAsync(Finished.Limit, TestContext.Current.CancellationToken) ?? throw new EndOfStreamException("the generator said nothing");

    private static Dictionary<string, double> Parse(string report) => report.Split(' ').Select(pair => pair.Split('=')).ToDictionary(
        pair => pair[0], pair => double.Parse(pair[1], CultureInfo.InvariantCulture));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
