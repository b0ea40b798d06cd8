using System.CommandLine;
using Harness.Cli.Gating;

namespace Harness.Cli.Commands;

/// <summary><c>harness gate</c>: what makes CI red.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The gate file (YAML)." };
        var runs = new Argument<string[]>("RUN") { Description = "Run records that exact and absolute rules are put to.", Arity = ArgumentArity.ZeroOrMore };
        var seed = new Option<int?>("--seed") { Description = "Fixes arrivals and the order of blocks; drawn and printed without it.", HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "Print the outcome as JSON, formatVersion 1." };
        var save = new Option<bool>("--save-baseline") { Description = "Write what was found into the gate's baseline file." };
        var to = new Option<string?>("--out") { Description = "A folder for gate.json, gate-junit.xml and gate.md.", HelpName = "FOLDER" };
        var command = new HelpedCommand(
            "gate",
            "Judges runs, and a candidate beside a control, by the rules of a file. 0 green, 1 red, 3 not decided.",
            "harness gate gates/orders.yaml runs/20260102T030405Z-demo",
            "harness gate gates/orders.yaml runs/20260102T030405Z-demo --save-baseline",
            "harness gate gates/faster.yaml --seed 42 --out gate-results")
        {
            file,
            runs,
            seed,
            json,
            save,
            to,
        };
        command.SetAction((parsed, runToken) => new GateCall(
            new GateSettings
            {
                File = parsed.GetValue(file)!,
                Runs = parsed.GetValue(runs)!,
                Seed = parsed.GetValue(seed),
                Json = parsed.GetValue(json),
                SaveBaseline = parsed.GetValue(save),
                Out = parsed.GetValue(to),
            },
            Console.Out,
            Console.Error).RunAsync(runToken));
        return command;
    }
}
