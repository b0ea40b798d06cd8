using System.CommandLine;
using System.Globalization;
using Harness.Chaos.Benchmarks.Healing;
using Harness.Cli.Benching;

namespace Harness.Cli.Commands;

/// <summary><c>harness bench heal</c>: how long it takes until the system is whole again when the harness itself is killed.</summary>
internal static class BenchHealCommand
{
    private const int MomentsMax = 1000;

    public static HelpedCommand Create()
    {
        var moments = new Option<int>("--moments") { Description = "How many runs to kill, each at a random moment.", HelpName = "N", DefaultValueFactory = _ => 25 };
        var environment = new Option<string>("--env") { Description = "Where: embedded or local.", HelpName = "NAME", DefaultValueFactory = _ => "embedded" };
        var seed = new Option<int>("--seed") { Description = "Fixes the moments.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var output = new BenchOutput();
        var command = new HelpedCommand(
            "heal",
            "Kills runs with overlapping faults at random moments and looks what is left of them: 25 take about four minutes.",
            "harness bench heal",
            "harness bench heal --moments 100 --seed 7",
            "harness bench heal --env local")
        {
            moments,
            environment,
            seed,
            output.Json,
        };
        command.SetAction((parsed, runToken) => RunAsync(
            parsed.GetValue(moments), parsed.GetValue(environment)!, parsed.GetValue(seed), output.Table(parsed), view => output.Write(parsed, view), runToken));
        return command;
    }

    private static async Task<int> RunAsync(int moments, string environment, int seed, TextWriter table, Action<HealBenchView> write, CancellationToken runToken)
    {
        var problems = new List<string>();
        if (moments is < 1 or > MomentsMax)
            problems.Add($"--moments {moments} must be 1 to {MomentsMax}");
        if (environment is not ("embedded" or "local"))
            problems.Add($"--env '{environment}' cannot be killed from here; embedded and local can");
        if (!OperatingSystem.IsLinux())
            problems.Add("it reads /proc, which only Linux has");
        if (problems.Count > 0)
        {
            problems.ForEach(problem => Console.Error.WriteLine($"harness bench heal: {problem}"));
            return ExitCode.BadInput;
        }

        await table.WriteLineAsync($"Kills {moments} runs on {environment}, seed {seed.ToString(CultureInfo.InvariantCulture)}.");
        var all = new List<HealMoment>();
        await foreach (HealMoment one in new HealBench(Installation.OwnCommand, environment, moments, seed).RunAsync(runToken))
        {
            all.Add(one);
            Print(one, table);
        }

        TimeSpan slowest = all.Max(one => one.Healed);
        int bad = all.Count(one => !one.IsWhole);
        await table.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Count} moments, {all.Count(one => one.Stopped > 0)} with processes stopped, {all.Count(one => one.EndedItself)} after the run had ended; slowest healing {slowest.TotalSeconds:0.00} s (limit {HealBench.Limit.TotalSeconds:0} s); {(bad == 0 ? "nothing was left" : $"{bad} left something")}"));
        write(new HealBenchView(1, environment, seed, slowest, HealBench.Limit, all));
        return bad == 0 ? ExitCode.Passed : ExitCode.Failed;
    }

    private static void Print(HealMoment one, TextWriter table)
    {
        table.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{one.Number,4}  killed at {one.At.TotalSeconds,5:0.0} s{(one.EndedItself ? " (had ended)" : "")}: {one.Processes} processes, {one.Stopped} stopped, {one.Ports} ports; whole again after {one.Healed.TotalSeconds:0.00} s"));
        foreach (string left in one.Leftovers)
            table.WriteLine($"      STILL THERE  {left}");
    }
}
