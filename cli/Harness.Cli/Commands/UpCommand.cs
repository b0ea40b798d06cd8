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
        var controlPort = new Option<int>("--control-port") { Description = "The port of the control API and its page, on loopback; 0 for any free one.", HelpName = "PORT" };
        var load = new Option<string?>("--load") { Description = "Begin with load: so many orders, and three times as many looks at products; for ten minutes.", HelpName = "RATE" };
        var open = new Option<bool>("--open") { Description = "Show the page in a browser." };
        var json = new Option<bool>("--json") { Description = "Print one line of JSON (format version 1) when everything is ready, events on standard error." };
        var command = new HelpedCommand(
            "up",
            "Starts the order system with a proxy on every edge and keeps it up, with a page and an API to break it by, until Ctrl-C, which heals and takes everything down and is exit code 0; "
            + "130 when it came before everything was ready, 3 when something could not be started.",
            "harness up",
            "harness up --load 20/s --open",
            "harness inject latency --edge \"orders -> payments\" --delay 200ms --for 30s      (meanwhile, in another terminal)",
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
            controlPort,
            load,
            open,
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
                ControlPort = parsed.GetValue(controlPort),
                Load = parsed.GetValue(load),
                Open = parsed.GetValue(open),
                Json = parsed.GetValue(json),
            },
            Console.Out,
            Console.Error).RunAsync(runToken));
        return command;
    }
}
