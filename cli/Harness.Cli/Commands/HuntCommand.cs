using System.CommandLine;
using Harness.Cli.Hunting;
using Harness.Cli.Running;

namespace Harness.Cli.Commands;

/// <summary><c>harness hunt</c>: whether the checks find what was planted, and report nothing else.</summary>
internal static class HuntCommand
{
    public static Command Create()
    {
        var bugs = new Option<string[]>("--bugs")
        {
            Description = "Hunt these bugs; all of them when no name follows. This is what happens when neither --bugs nor --clean is given.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        var clean = new Option<int?>("--clean") { Description = "Make N runs without a bug, the experiments that ship in turn, and list whatever is reported.", HelpName = "N" };
        var runs = new Option<int>("--runs") { Description = "Run a bug's experiment at most so often until it is found.", HelpName = "N", DefaultValueFactory = _ => 3 };
        var list = new Option<bool>("--list") { Description = "Print every bug, its experiment and the check that should find it, and run nothing." };
        var options = new RunOptions();
        var command = new HelpedCommand(
            "hunt",
            "Plants known bugs in the order system and tells which of them the checks find, and whether they report anything where there is none.",
            "harness hunt",
            "harness hunt --bugs refund-twice retry-storm --seed 7",
            "harness hunt --clean 50",
            "harness hunt --list")
        {
            bugs, clean, runs, list, options.Environment, options.Seed, options.Out, options.Json,
        };
        command.SetAction((parsed, runToken) =>
        {
            bool json = parsed.GetValue(options.Json);
            if (parsed.GetValue(list))
                return Task.FromResult(PrintList(json, Console.Out));
            int? cleanRuns = parsed.GetValue(clean);
            bool bugsAsked = parsed.GetResult(bugs) is { Implicit: false };
            var settings = new HuntSettings
            {
                Bugs = bugsAsked || cleanRuns is null ? parsed.GetValue(bugs) ?? [] : null,
                Clean = cleanRuns ?? 0,
                RunsMax = parsed.GetValue(runs),
                Run = new RunSettings
                {
                    Seed = parsed.GetValue(options.Seed) ?? Random.Shared.Next(1, 1_000_000),
                    Environment = parsed.GetValue(options.Environment)!,
                    RunsFolder = parsed.GetValue(options.Out)!,
                    ProxyApiPort = 0,
                    Json = json,
                },
            };
            return new HuntSession(settings, Console.Out, Console.Error).RunAsync(runToken);
        });
        return command;
    }

    private static int PrintList(bool json, TextWriter output)
    {
        if (json)
            output.WriteLine(BugsView.Render());
        else
            HuntText.PrintList(output);
        return ExitCode.Passed;
    }
}
