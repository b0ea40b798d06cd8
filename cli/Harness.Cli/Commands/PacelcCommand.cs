using System.CommandLine;
using Harness.Chaos.Pacelc;
using Harness.Cli.Running;
using Harness.Cli.Pacelc;

namespace Harness.Cli.Commands;

/// <summary><c>harness pacelc</c>: what the order system trades, in numbers.</summary>
internal static class PacelcCommand
{
    public static Command Create()
    {
        Option<string> Text(string name, string missing, string help, string form) =>
            new(name) { Description = help, HelpName = form, DefaultValueFactory = _ => missing };
        Option<string> environment = Text("--env", "embedded", "Where services and stores come from.", "NAME");
        Option<string> modes = Text(
            "--modes", "strong,weak", $"The modes; the others are held against the first. {string.Join("; ", TradeoffMode.All.Select(mode => $"{mode.Name}: {mode.Summary}"))}.", "NAMES");
        var rounds = new Option<int>("--rounds") { Description = "How often each mode is run, all modes of a round with the same arrivals.", HelpName = "N", DefaultValueFactory = _ => 2 };
        var set = new Option<string[]>("--set") { Description = "Changes a switch of one mode; may come several times.", HelpName = "MODE.SWITCH=WORD", DefaultValueFactory = _ => [] };
        Option<string> cut = Text("--cut", "redis", $"What cannot reach what: {string.Join("; ", NamedCut.All.Select(known => $"{known.Name}: {known.Text}"))}.", "NAME");
        Option<string> normal = Text("--normal", "15s", "How long nothing is wrong.", "TIME");
        Option<string> partition = Text("--partition", "15s", "How long the cut lasts.", "TIME");
        Option<string> healing = Text("--heal", "20s", "How long the load goes on after it.", "TIME");
        var seed = new Option<int?>("--seed") { Description = "Fixes arrivals, keys and the order of runs; drawn and printed without it.", HelpName = "N" };
        Option<string> to = Text("--out", RunOptions.DefaultRunsFolder, "The folder for records, pacelc.json and scorecard.html.", "FOLDER");
        var json = new Option<bool>("--json") { Description = "Print pacelc.json (format version 1) on standard output, progress on standard error." };
        var open = new Option<bool>("--open") { Description = "Show the page in a browser." };
        var command = new HelpedCommand(
            "pacelc",
            "Runs the order system in several modes with and without a cut, and says what each gives up: PA or PC, EL or EC, or neither. 0 no defect, 1 a defect, 3 not decided.",
            "harness pacelc",
            "harness pacelc --env local --rounds 3 --seed 42",
            "harness pacelc --modes strong,weak,back --cut redis",
            "harness pacelc --modes strong --set strong.bug=double-charge-on-redelivery")
        {
            environment, modes, rounds, set, cut, normal, partition, healing, seed, to, json, open,
        };
        command.SetAction((parsed, runToken) => new PacelcCall(
            new PacelcSettings
            {
                Environment = parsed.GetValue(environment)!,
                Modes = parsed.GetValue(modes)!,
                Rounds = parsed.GetValue(rounds),
                Set = parsed.GetValue(set)!,
                Cut = parsed.GetValue(cut)!,
                Normal = parsed.GetValue(normal)!,
                Partition = parsed.GetValue(partition)!,
                Healing = parsed.GetValue(healing)!,
                Seed = parsed.GetValue(seed) ?? Random.Shared.Next(1, 1_000_000),
                Out = parsed.GetValue(to)!,
                Json = parsed.GetValue(json),
                Open = parsed.GetValue(open),
            },
            Console.Out,
            Console.Error).RunAsync(runToken));
        return command;
    }
}
