using System.CommandLine;
using System.Globalization;
using Harness.Checks.Benchmarks;
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
    };

    private static HelpedCommand Checks()
    {
        var command = new HelpedCommand("checks", "Measures the checkers on generated histories that are hard for them.", "harness bench checks");
        command.SetAction((_, runToken) =>
        {
            Console.WriteLine("| history | operations | verdict | seconds | heap MiB |\n|---|---|---|---|---|");
            foreach (CheckerMeasurement measured in CheckerBenchmark.Run(runToken))
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {measured.Name} | {measured.Operations} | {measured.Verdict} | {measured.Elapsed.TotalSeconds:0.000} | {measured.MemoryBytes / 1048576.0:0} |"));
            }

            return Task.FromResult(ExitCode.Passed);
        });
        return command;
    }

    private static HelpedCommand Toxiproxy()
    {
        var against = new Option<Uri?>("--against") { Description = "Another Toxiproxy's control API, measured beside ours.", HelpName = "URL" };
        var only = new Option<string?>("--only") { Description = "Only the rows with this in their name.", HelpName = "TEXT" };
        var command = new HelpedCommand(
            "toxiproxy",
            "Measures the proxies: direct and proxied in turn, in one run.",
            "harness bench toxiproxy",
            "harness bench toxiproxy --only latency",
            "harness bench toxiproxy --against http://127.0.0.1:8474")
        {
            against,
            only,
        };
        command.SetAction(async (parsed, runToken) =>
        {
            var options = new ToxiproxyBenchOptions { ServerCommand = Installation.ToxiproxyCommand, Against = parsed.GetValue(against), Only = parsed.GetValue(only) };
            await new ToxiproxyBench(options).RunAsync(Console.Out, runToken);
            return ExitCode.Passed;
        });
        return command;
    }

    private static HelpedCommand Load()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each number is measured.", DefaultValueFactory = _ => 2 };
        var rounds = new Option<int>("--rounds") { Description = "How often each client is measured, all in turn; the median counts.", DefaultValueFactory = _ => 3 };
        var command = new HelpedCommand(
            "load",
            "Measures the load engine: both lanes beside wrk and hey where they are installed, lateness, memory.",
            "harness bench load",
            "harness bench load --seconds 5 --rounds 5")
        {
            seconds,
            rounds,
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

            await new LoadBench(options).RunAsync(Console.Out, runToken);
            return ExitCode.Passed;
        });
        return command;
    }
}
