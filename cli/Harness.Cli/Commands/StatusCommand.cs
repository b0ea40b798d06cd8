using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Harness.Cli.Control;
using Harness.Cli.Progress;
using Harness.Records;
using Spectre.Console;

namespace Harness.Cli.Commands;

/// <summary><c>harness status</c>: how a system that is up is doing, once or every second.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var control = new ControlOptions();
        var watch = new Option<bool>("--watch", "-w") { Description = "Again every second, until Ctrl-C." };
        var command = new HelpedCommand(
            "status",
            "Shows services, edges, load and faults of a system that 'harness up' keeps running. Exit code 0; 2 when no system is up, 3 when it does not answer.",
            "harness status",
            "harness status --watch",
            "harness status --json")
        {
            watch,
            control.At,
            control.Json,
        };
        command.SetAction((parsed, runToken) => ShowAsync(parsed.GetValue(control.At), parsed.GetValue(watch), parsed.GetValue(control.Json), runToken));
        return command;
    }

    private static async Task<int> ShowAsync(string? at, bool watch, bool json, CancellationToken runToken)
    {
        using ControlClient? client = ControlClient.Find(at, Console.Error);
        if (client is null)
            return ExitCode.BadInput;
        do
        {
            if (await client.StatusAsync(runToken) is not { } status)
            {
                await Console.Error.WriteLineAsync($"harness: {client.Url} does not answer, or not to this token");
                return ExitCode.NothingProven;
            }

            if (json)
            {
                Console.WriteLine(JsonSerializer.Serialize(status, RecordJson.Line));
            }
            else
            {
                if (watch && Terminal.IsInteractive)
                    AnsiConsole.Clear();
                Print(status, Console.Out);
            }

            if (watch)
                await Task.Delay(Second, runToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (watch && !runToken.IsCancellationRequested);
        return ExitCode.Passed;
    }

    private static void Print(StatusView status, TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{status.Environment}, seed {status.Seed}, up for {TimeSpan.FromSeconds(Math.Floor(status.UpSeconds)):c}, record {status.Record}"));
        output.WriteLine();
        foreach (ServiceView service in status.Services)
        {
            string said = service.Answers switch { true => "answers", false => "SILENT", null => "not asked yet" };
            string cpu = service.Cpu is { } cores ? string.Create(CultureInfo.InvariantCulture, $"{cores:0.00} cores") : "-";
            string breakers = service.OpenBreakers.Count > 0 ? "  OPEN " + string.Join(", ", service.OpenBreakers) : "";
            output.WriteLine($"{service.Name,-10} {said,-8} {cpu,-11} {service.Url}{breakers}");
        }

        foreach (Harness.Chaos.Control.StoreHealth store in status.Stores)
            output.WriteLine($"{store.Name,-10} {(store.Problem is not null ? "SILENT" : store.Milliseconds is null ? "not asked yet" : "answers"),-8} {store.Problem}".TrimEnd());

        output.WriteLine();
        foreach (EdgeView edge in status.Edges)
        {
            string seen = edge.Milliseconds is { } took ? string.Create(CultureInfo.InvariantCulture, $"{took,8:0.0} ms") : edge.Problem is null ? "         -" : "NO ANSWER ";
            output.WriteLine($"{edge.Edge,-24} {seen,-11} {edge.Problem}{(edge.Faults.Count > 0 ? "  under " + string.Join(", ", edge.Faults) : "")}".TrimEnd());
        }

        output.WriteLine();
        foreach (Harness.Chaos.Control.LoadPoint load in status.Load)
        {
            string p99 = load.P99 is { } slow ? string.Create(CultureInfo.InvariantCulture, $"{slow:0.0} ms") : "-";
            output.WriteLine($"{load.Scenario,-10} due {load.Due}/s, ok {load.Ok}, refused {load.Refused}, unknown {load.Unknown}, p99 {p99}");
        }

        if (status.Load.Count == 0)
            output.WriteLine("no load");
        foreach (Harness.Chaos.Control.HeldFault fault in status.Faults)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAULT {fault.Id,-16} {fault.Described}; {fault.SecondsLeft:0} s left{(fault.Problem is null ? "" : $"; {fault.Problem}")}"));
        if (status.Faults.Count == 0)
            output.WriteLine("no fault");
    }
}
