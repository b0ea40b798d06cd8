using System.CommandLine;
using System.Globalization;
using Harness.Chaos.Benchmarks;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Cli.Benching;

namespace Harness.Cli.Commands;

/// <summary><c>harness bench target</c>: what the order system does and costs on this machine.</summary>
internal static class BenchTargetCommand
{
    public static HelpedCommand Create()
    {
        var environment = new Option<string>("--env") { Description = "Where: embedded or local.", HelpName = "NAME", DefaultValueFactory = _ => "local" };
        var only = new Option<string?>("--only") { Description = $"Only the rows with this in their name: {string.Join(", ", TargetBench.Names)}.", HelpName = "TEXT" };
        var output = new BenchOutput();
        var command = new HelpedCommand(
            "target",
            "Measures the order system: settled orders, saga latency, overload, reads, idle cost, start-up.",
            "harness bench target",
            "harness bench target --env embedded --only start-up",
            "harness bench target --json")
        {
            environment,
            only,
            output.Json,
        };
        command.SetAction((parsed, runToken) => RunAsync(parsed.GetValue(environment)!, parsed.GetValue(only), output.Table(parsed), view => output.Write(parsed, view), runToken));
        return command;
    }

    private static async Task<int> RunAsync(string environment, string? only, TextWriter table, Action<TargetBenchView> write, CancellationToken runToken)
    {
        // A system elsewhere shares no processors with us, and its cost cannot be seen from here.
        IEnvironmentKind[] here = [.. EnvironmentKinds.All.Where(kind => kind.Name is "embedded" or "local")];
        IEnvironmentKind? kind = Array.Find(here, one => one.Name == environment);
        var problems = new List<string>();
        if (kind is null)
            problems.Add($"--env: '{environment}' cannot be measured; {NearestName.Hint(environment, here.Select(one => one.Name))}");
        var options = new TargetBenchOptions
        {
            Environment = kind ?? here[0],
            TargetCommand = Installation.TargetCommand,
            StoreCommand = Installation.StoreCommand,
            Only = only,
        };
        problems.AddRange(options.Problems());
        if (problems.Count > 0)
        {
            problems.ForEach(problem => Console.Error.WriteLine($"harness bench target: {problem}"));
            return ExitCode.BadInput;
        }

        return await PrintAsync(options, table, write, runToken);
    }

    private static async Task<int> PrintAsync(TargetBenchOptions options, TextWriter table, Action<TargetBenchView> write, CancellationToken runToken)
    {
        string load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
        var rows = new List<TargetBenchRow>();
        await table.WriteLineAsync($"Environment {options.Environment.Name}, {Environment.ProcessorCount} processors, load of the machine before: {load}. Compare ratios within this run only.\n\n| what | value | goal | met | how |\n|---|---|---|---|---|");
        await foreach (TargetBenchRow row in new TargetBench(options).RunAsync(runToken))
        {
            rows.Add(row);
            await table.WriteLineAsync(Line(row));
        }

        write(new TargetBenchView(1, options.Environment.Name, Environment.ProcessorCount, load, rows));
        return ExitCode.Passed;
    }

    private static string Line(TargetBenchRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {row.Name} | {row.Value:0.##} {row.Unit} | {(row.Goal is { } goal ? $"{(row.AtLeast ? "≥" : "≤")} {goal:0.##}" : "")} | {(row.Met is { } met ? met ? "yes" : "no" : "")} | {row.Detail} |");
}
