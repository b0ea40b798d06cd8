using System.CommandLine;
using Harness.Chaos.Environments;
using Harness.Cli;
using Harness.Cli.Commands;

OwnRuntime.Tune();

// The stand-alone server takes the flags of the real one, which this parser would not: hand them over as they are.
if (args is ["toxiproxy", .. var flags])
    return await ToxiproxyServerCommand.RunAsync(flags);
if (args is [TargetCommand.Name, .. var words])
    return await TargetCommand.RunAsync(words);

Command root = CommandTree.Create(args);

ParseResult parsed = root.Parse(args);
using var interruption = new Interruption();
try
{
    // Our own interruption instead of the parser's, which would end the process two seconds after Ctrl-C, healed or not.
    var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
    int exitCode = await parsed.InvokeAsync(configuration, interruption.Token);
    return parsed.Errors.Count > 0 ? ExitCode.BadInput : exitCode;
}
catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
{
    return ExitCode.Interrupted;
}
catch (EnvironmentException error)
{
    // What did not start says itself why; where in this program that was noticed helps nobody.
    await Console.Error.WriteLineAsync($"harness: nothing was proven: {error.Message}");
    return ExitCode.NothingProven;
}
catch (Exception error)
{
    // The harness is wrong, not the target and not the user; whatever was measured proves nothing.
    await Console.Error.WriteLineAsync($"harness: broke, and proved nothing: {error}");
    return ExitCode.NothingProven;
}
