using System.CommandLine;
using Harness.Cli.Loading;

namespace Harness.Cli.Commands;

/// <summary><c>harness load</c>: load alone, without faults.</summary>
internal static class LoadCommand
{
    /// <param name="args">As the user typed them, for the command that repeats the run.</param>
    public static Command Create(IReadOnlyList<string> args)
    {
        var arguments = new LoadArguments();
        var command = new HelpedCommand(
            "load",
            "Loads the order system, an address, or whatever your own scenarios ask for; no faults. Response times count from the moment an arrival was due.",
            "harness load checkout --rate 50/s --for 30s",
            "harness load --mix checkout=1,browse=5 --rate 200/s --threshold 'browse: p99 < 80ms'",
            "harness load --url http://127.0.0.1:8080/ --users 64 --for 10s",
            "harness load --url http://127.0.0.1:8080/ --rate 10/s --to 500/s --shape ramp --for 1m",
            "harness load my.dll --scenario hello --rate 20/s --setting base-url=http://127.0.0.1:8080",
            "harness load --config load.yaml --seed 42");
        arguments.AddTo(command);
        command.SetAction((parsed, runToken) => new LoadCall(arguments, parsed, args, Console.Out, Console.Error).RunAsync(runToken));
        return command;
    }
}
