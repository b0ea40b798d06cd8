using System.CommandLine;
using Harness.Toxiproxy;

namespace Harness.Cli.Commands;

/// <summary><c>harness toxiproxy</c>: the proxy server alone, with the flags of Toxiproxy's own.</summary>
internal static class ToxiproxyServerCommand
{
    /// <summary>Stands in the list of commands; the flags are read by the server itself.</summary>
    public static Command Create() => new("toxiproxy", "Serves the Toxiproxy API alone, with Toxiproxy's own flags (-host, -port, -config, …).");

    public static async Task<int> RunAsync(string[] flags)
    {
        using var interruption = new Interruption();
        return await ToxiproxyCommand.RunAsync(flags, Console.Out, Console.Error, interruption.Token);
    }
}
