using System.CommandLine;
using Harness.Cli.Running;

namespace Harness.Cli.Commands;

/// <summary><c>harness demo</c>: the shortest way to a verdict.</summary>
internal static class DemoCommand
{
    private const string Experiment = "demo";

    public static Command Create()
    {
        var options = new RunOptions();
        var command = new HelpedCommand(
            "demo",
            "Starts the order system, loads it, breaks it, heals it, checks its data and says what it found; about half a minute.",
            "harness demo",
            "harness demo --seed 42 --out /tmp/runs");
        options.AddTo(command);
        command.SetAction((parsed, runToken) =>
            new ExperimentSession(options.Read(parsed), Console.Out, Console.Error).RunAsync([Experiment], runToken));
        return command;
    }
}
