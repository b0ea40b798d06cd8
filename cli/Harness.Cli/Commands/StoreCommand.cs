using System.CommandLine;
using Harness.Chaos.Environments;

namespace Harness.Cli.Commands;

/// <summary><c>harness store</c>: what the embedded environment starts this command again for; not for people.</summary>
internal static class StoreCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port") { Required = true };
        var command = new Command("store", "Serves the embedded store until standard input ends.") { port };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            await GarnetStore.ServeAsync(parsed.GetValue(port), Console.OpenStandardInput());
            return ExitCode.Passed;
        });
        return command;
    }
}
