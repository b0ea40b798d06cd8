using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Harness.Cli.Commands;

/// <summary>The usual help, and below it the examples of the command that was asked about.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private readonly HelpAction _usual = new();

    /// <summary>The option that shows it, for every command at once.</summary>
    public static HelpOption Option() => new() { Action = new HelpWithExamples() };

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = _usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not HelpedCommand { Examples: { Count: > 0 } examples })
            return exitCode;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        return exitCode;
    }
}
