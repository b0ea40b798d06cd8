using System.CommandLine;
using System.Runtime.InteropServices;
using Harness.Chaos.Environments;

namespace Harness.Cli.Commands;

/// <summary><c>harness doctor</c>: which environments would work here, and what the others lack.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new HelpedCommand(
            "doctor",
            "Says which environments would work on this machine and what the others lack. Exit code 0 when the default one would.",
            "harness doctor");
        command.SetAction(_ => Examine(Console.Out));
        return command;
    }

    private static int Examine(TextWriter output)
    {
        output.WriteLine($"harness {Installation.Version}{(Installation.Commit is { } commit ? $" at {commit}" : "")}");
        output.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors");
        output.WriteLine();
        bool defaultWorks = true;
        foreach (IEnvironmentKind kind in EnvironmentKinds.All)
        {
            IReadOnlyList<string> missing = kind.Missing(Installation.TargetCommand);
            output.WriteLine($"  {kind.Name,-12} {(missing.Count == 0 ? "works" : "lacks")}  {kind.Summary}");
            foreach (string lack in missing)
                output.WriteLine($"    - {lack}");
            defaultWorks &= kind != EnvironmentKinds.All[0] || missing.Count == 0;
        }

        return defaultWorks ? ExitCode.Passed : ExitCode.NothingProven;
    }
}
