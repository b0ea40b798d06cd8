using System.CommandLine;
using Harness.Chaos.Environments;
using Harness.Cli.Running;
using Harness.Cli.Up;

namespace Harness.Cli.Commands;

/// <summary><c>harness up</c>: the system under test, for as long as somebody wants to work with it.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var options = new RunOptions();
        var switches = new Option<string[]>(SwitchReader.Option)
        {
            Description = "Sets a switch of the order system; may come several times.",
            HelpName = "NAME=VALUE",
            DefaultValueFactory = _ => [],
        };
        var json = new Option<bool>("--json") { Description = "Print one line of JSON (format version 1) when everything is ready, events on standard error." };
        var command = new HelpedCommand(
            "up",
            "Starts the order system with a proxy on every edge and keeps it up until Ctrl-C, which takes everything down and is exit code 0; "
            + "130 when it came before everything was ready, 3 when something could not be started.",
            "harness up",
            "harness up --env local --switch reads=strong --proxy-port 8474",
            "toxiproxy-cli toxic add -t latency -a latency=300 \"payments -> redis\"      (meanwhile, with --proxy-port 8474)")
        {
            options.Environment,
            options.External,
            options.Yes,
            options.Allow,
            switches,
            options.Seed,
            options.ProxyPort,
            options.Out,
            json,
        };
        command.SetAction((parsed, runToken) => new UpSession(
            new UpSettings
            {
                Environment = parsed.GetValue(options.Environment)!,
                At = options.ReadAt(parsed),
                Switches = parsed.GetValue(switches)!,
                Seed = parsed.GetValue(options.Seed) ?? Random.Shared.Next(1, 1_000_000),
                ProxyApiPort = parsed.GetValue(options.ProxyPort),
                RunsFolder = parsed.GetValue(options.Out)!,
                Json = parsed.GetValue(json),
            },
            Console.Out,
            Console.Error).RunAsync(runToken));
        return command;
    }
}
