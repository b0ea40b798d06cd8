using System.CommandLine;
using Harness.Chaos.Environments;
using Harness.Chaos.Environments.Containers;
using Harness.Chaos.Environments.Externals;

namespace Harness.Cli.Commands;

/// <summary><c>harness store</c>: what environments start this command again for, to hold a store for as long as it is wanted; not for people.</summary>
internal static class StoreCommand
{
    public static Command Create()
    {
        var port = new Option<int>("--port");
        var container = new Option<string?>("--container");
        var image = new Option<string>("--image");
        var owner = new Option<int>("--owner");
        var run = new Option<string>("--run");
        var proxies = new Option<bool>("--proxies");
        var command = new Command("store", "Holds a store, or the proxies of somebody else, until standard input ends.") { port, proxies, container, image, owner, run };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            Stream input = Console.OpenStandardInput();
            if (parsed.GetValue(proxies))
                return await ProxyGuard.WatchAsync(input);
            if (parsed.GetValue(container) is { } kind)
            {
                var order = new ContainerOrder(kind, parsed.GetValue(port), parsed.GetRequiredValue(image), parsed.GetValue(owner))
                {
                    Run = parsed.GetRequiredValue(run),
                };
                return await ContainerStore.ServeAsync(order, input);
            }

            await GarnetStore.ServeAsync(parsed.GetValue(port), input);
            return ExitCode.Passed;
        });
        return command;
    }
}
