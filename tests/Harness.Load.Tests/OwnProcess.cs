using System.Diagnostics;

namespace Harness.Load.Tests;

/// <summary>Starts this test program again, as something else.</summary>
internal static class OwnProcess
{
    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true, RedirectStandardInput = true };
        // Under `dotnet x.dll` the path is dotnet's own; the program then comes first.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Insert(0, typeof(OwnProcess).Assembly.Location);
        return Process.Start(start)!;
    }
}
