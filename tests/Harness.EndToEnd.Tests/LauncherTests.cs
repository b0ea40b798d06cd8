using System.Diagnostics;

namespace Harness.EndToEnd.Tests;

/// <summary>The script that people call.</summary>
public sealed class LauncherTests
{
    [Fact]
    public async Task Says_which_SDK_is_missing_and_where_to_get_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The launcher is a POSIX script; on Windows 'dotnet run' takes its place.");
        using var workspace = new Workspace();
        foreach (string tool in new[] { "dirname", "find" })
            File.CreateSymbolicLink(Path.Combine(workspace.Folder, tool), Path.Combine("/usr/bin", tool));
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(HarnessProcess.Root, "harness"), "list"]) { RedirectStandardError = true };
        start.Environment["PATH"] = workspace.Folder;

        using Process launcher = Process.Start(start)!;
        string errors = await launcher.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await launcher.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(2, launcher.ExitCode);
        Assert.Contains("the .NET SDK 10 is missing", errors, StringComparison.Ordinal);
    }
}
