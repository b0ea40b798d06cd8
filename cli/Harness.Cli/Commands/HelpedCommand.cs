using System.CommandLine;
using System.CommandLine.Parsing;
using Harness.Chaos.Experiments;

namespace Harness.Cli.Commands;

/// <summary>A command that shows how it is used: its examples stand in its own help, and only there.</summary>
internal sealed class HelpedCommand : Command
{
    public HelpedCommand(string name, string description, params IReadOnlyList<string> examples) : base(name, description)
    {
        Examples = examples;
        Validators.Add(RefuseMistypedOptions);
    }

    public IReadOnlyList<string> Examples { get; }

    // The parser takes an option that it does not know for a file. Whoever has such a file can write ./--name.
    private void RefuseMistypedOptions(CommandResult result)
    {
        foreach (string word in result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Where(word => word.StartsWith("--", StringComparison.Ordinal) && word.Length > 2))
            result.AddError($"'{word}' is not an option of '{Name}'; {NearestName.Hint(word.Split('=')[0], Options.Where(option => !option.Hidden).Select(option => option.Name))}");
    }
}
