using System.CommandLine;
using System.Globalization;
using Harness.Checks.Benchmarks;
using Harness.Cli.Benching;
using Harness.Cli.Gating;
using Harness.Load;
using Harness.Toxiproxy;

namespace Harness.Cli.Commands;

/// <summary><c>harness bench</c>: what the harness's own parts cost, each beside its peers in one run.</summary>
internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measures what the harness itself costs; compare within one run, never across machines.")
    {
        Toxiproxy(),
        Checks(),
        Load(),
        BenchTargetCommand.Create(),
        BenchHealCommand.Create(),
        Gate(),
    };

    private static HelpedCommand Checks()
    {
        var output = new BenchOutput();
        var command = new HelpedCommand("checks", "Measures the checkers on generated histories that are hard for them.", "harness bench checks", "harness bench checks --json")
        {
            output.Json,
        };
        command.SetAction((parsed, runToken) =>
        {
            var rows = new List<CheckerMeasurement>();
            output.Table(parsed).WriteLine("| history | operations | verdict | seconds | heap MiB |\n|---|---|---|---|---|");
            foreach (CheckerMeasurement measured in CheckerBenchmark.Run(runToken))
            {
                rows.Add(measured);
                output.Table(parsed).WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {measured.Name} | {measured.Operations} | {measured.Verdict} | {measured.Elapsed.TotalSeconds:0.000} | {measured.MemoryBytes / 1048576.0:0} |"));
            }

            output.Write(parsed, new CheckerBenchView(1, rows));
            return Task.FromResult(ExitCode.Passed);
        });
        return command;
    }

    private static HelpedCommand Gate()
    {
        var blocks = new Option<string?>("--blocks") { Description = "Recorded rounds of three equal systems; measured and saved there when the file does not exist.", HelpName = "FILE" };
        var rounds = new Option<int>("--rounds") { Description = "How many rounds to measure when there are none.", DefaultValueFactory = _ => 60 };
        var block = new Option<double>("--block-seconds") { Description = "How long one arm is loaded at a time.", DefaultValueFactory = _ => 1 };
        var gates = new Option<int>("--gates") { Description = "How many gates to resample for each row.", DefaultValueFactory = _ => 2000 };
        var live = new Option<int>("--live") { Description = "How many whole gates to run on running systems, equal ones and a slower candidate; each takes up to a minute or two.", DefaultValueFactory = _ => 0 };
        var seed = new Option<int>("--seed") { Description = "Fixes what is drawn.", DefaultValueFactory = _ => 1 };
        var output = new BenchOutput();
        var command = new HelpedCommand(
            "gate",
            "Measures how often a relative gate is wrong: red for equal builds, not red for slower ones.",
            "harness bench gate",
            "harness bench gate --blocks blocks.jsonl --gates 5000",
            "harness bench gate --live 5 --block-seconds 0.5")
        {
            blocks,
            rounds,
            block,
            gates,
            live,
            seed,
            output.Json,
        };
        command.SetAction(async (parsed, runToken) =>
        {
            if (parsed.GetValue(rounds) < 1 || parsed.GetValue(gates) < 1 || parsed.GetValue(live) < 0 || parsed.GetValue(block) is not (> 0 and <= 60))
            {
                Console.Error.WriteLine($"harness bench gate: --rounds {parsed.GetValue(rounds)} and --gates {parsed.GetValue(gates)} must both be 1 or more, --live {parsed.GetValue(live)} 0 or more, --block-seconds {parsed.GetValue(block)} above 0 and at most 60");
                return ExitCode.BadInput;
            }

            output.Write(parsed, await GateBench.RunAsync(
                parsed.GetValue(blocks), parsed.GetValue(rounds), parsed.GetValue(gates), parsed.GetValue(live), TimeSpan.FromSeconds(parsed.GetValue(block)), parsed.GetValue(seed), output.Table(parsed), runToken));
            return ExitCode.Passed;
        });
        return command;
    }

    private static HelpedCommand Toxiproxy()
    {
        var against = new Option<Uri?>("--against") { Description = "Another Toxiproxy's control API, measured beside ours.", HelpName = "URL" };
        var only = new Option<string?>("--only") { Description = "Only the rows with this in their name.", HelpName = "TEXT" };
        var output = new BenchOutput();
        var command = new HelpedCommand(
            "toxiproxy",
            "Measures the proxies: direct and proxied in turn, in one run.",
            "harness bench toxiproxy",
            "harness bench toxiproxy --only latency",
            "harness bench toxiproxy --against http://127.0.0.1:8474")
        {
            against,
            only,
            output.Json,
        };
        command.SetAction(async (parsed, runToken) =>
        {
            var options = new ToxiproxyBenchOptions { ServerCommand = Installation.ToxiproxyCommand, Against = parsed.GetValue(against), Only = parsed.GetValue(only) };
            output.Write(parsed, new ToxiproxyBenchView(1, await new ToxiproxyBench(options).RunAsync(output.Table(parsed), runToken)));
            return ExitCode.Passed;
        });
        return command;
    }

    private static HelpedCommand Load()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each number is measured.", DefaultValueFactory = _ => 2 };
        var rounds = new Option<int>("--rounds") { Description = "How often each client is measured, all in turn; the median counts.", DefaultValueFactory = _ => 3 };
        var output = new BenchOutput();
        var command = new HelpedCommand(
            "load",
            "Measures the load engine: both lanes beside wrk and hey where they are installed, lateness, memory.",
            "harness bench load",
            "harness bench load --seconds 5 --rounds 5")
        {
            seconds,
            rounds,
            output.Json,
        };
        command.SetAction(async (parsed, runToken) =>
        {
            var options = new LoadBenchOptions
            {
                OriginCommand = Installation.OriginCommand,
                MeasureFor = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                Rounds = parsed.GetValue(rounds),
            };
            if (options.Problems().ToList() is { Count: > 0 } problems)
            {
                problems.ForEach(problem => Console.Error.WriteLine($"harness bench load: {problem}"));
                return ExitCode.BadInput;
            }

            output.Write(parsed, new LoadBenchView(1, await new LoadBench(options).RunAsync(output.Table(parsed), runToken)));
            return ExitCode.Passed;
        });
        return command;
    }
}
