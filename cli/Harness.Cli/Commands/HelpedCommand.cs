using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary>A command that shows how it is used: its examples stand in its own help, and only there.</summary>
internal sealed class HelpedCommand(string name, string description, params IReadOnlyList<string> examples) : Command(name, description)
{
    public IReadOnlyList<string> Examples { get; } = examples;
}
