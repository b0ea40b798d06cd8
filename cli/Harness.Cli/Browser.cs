using System.ComponentModel;
using System.Diagnostics;

namespace Harness.Cli;

/// <summary>Shows a page to whoever typed the command.</summary>
internal static class Browser
{
    /// <summary>A machine without a browser is told so; nothing fails by it.</summary>
    public static async Task ShowAsync(string page, TextWriter error)
    {
        try
        {
            using Process? browser = Process.Start(new ProcessStartInfo(page) { UseShellExecute = true });
        }
        catch (Win32Exception problem)
        {
            await error.WriteLineAsync($"harness: --open: no browser could be started: {problem.Message}");
        }
    }
}
