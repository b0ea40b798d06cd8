using System.CommandLine;
using Harness.Cli.Running;

namespace Harness.Cli.Commands;

/// <summary><c>harness run</c>: experiments by file, folder or name.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var experiments = new Argument<string[]>("EXPERIMENT")
        {
            Description = "A YAML file, a folder of them, or the name of one that ships ('harness list').",
            Arity = ArgumentArity.OneOrMore,
        };
        var options = new RunOptions();
        var command = new HelpedCommand(
            "run",
            "Runs experiments one after the other and judges each.",
            "harness run payments-partition",
            "harness run payments-partition --seed 42",
            "harness run payments-partition --gate gates/orders.yaml",
            "harness run my-experiments/ --out /tmp/runs --json")
        {
            experiments,
        };
        options.AddTo(command);
        command.SetAction((parsed, runToken) =>
            new ExperimentSession(options.Read(parsed), Console.Out, Console.Error).RunAsync(parsed.GetValue(experiments)!, runToken));
        return command;
    }
}
