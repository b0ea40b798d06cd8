using System.CommandLine;
using Harness.Cli;
using Harness.Cli.Commands;

// Socket continuations run on the threads that wait for the sockets: a third less processor time for every request and every proxied chunk.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");

// The stand-alone server takes the flags of the real one, which this parser would not: hand them over as they are.
if (args is ["toxiproxy", .. var flags])
    return await ToxiproxyServerCommand.RunAsync(flags);

var root = new RootCommand("What happens to a distributed system, and to its data, when the network, the processes and the caches misbehave under load.")
{
    DemoCommand.Create(),
    RunCommand.Create(),
    ReportCommand.Create(),
    ExportCommand.Create(),
    ListCommand.Create(),
    DoctorCommand.Create(),
    ToxiproxyServerCommand.Create(),
    BenchCommand.Create(),
    StoreCommand.Create(),
};

ParseResult parsed = root.Parse(args);
using var interruption = new Interruption();
// Our own interruption instead of the parser's, which would end the process two seconds after Ctrl-C, healed or not.
int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, interruption.Token);
return parsed.Errors.Count > 0 ? ExitCode.BadInput : exitCode;
