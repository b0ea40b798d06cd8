using System.CommandLine;

namespace Harness.Cli.Commands;

/// <summary>What the commands that talk to a system that is up have in common.</summary>
internal sealed class ControlOptions
{
    public Option<string?> At { get; } = new("--at") { Description = "The address of the system that is up; the newest of yours when it is left out.", HelpName = "URL" };

    public Option<bool> Json { get; } = new("--json") { Description = "Print what the control API answers, as JSON (API version 1)." };
}
