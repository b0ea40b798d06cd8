using System.CommandLine;
using Harness.Load.Bench;

namespace Harness.Cli.Commands;

/// <summary><c>harness origin</c>: what <c>harness bench load</c> starts this command again for on machines without nginx; not for people.</summary>
internal static class OriginCommand
{
    public static Command Create()
    {
        var port = new Argument<int>("port");
        var command = new Command("origin", "Serves 13 bytes until the process ends.") { port };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            MinimalOrigin.Run(parsed.GetValue(port));
            return ExitCode.Passed;
        });
        return command;
    }
}
