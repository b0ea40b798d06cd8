using System.CommandLine;
using System.Diagnostics;
using Harness.Chaos.Environments;

namespace Harness.Cli.Commands;

/// <summary><c>harness target</c>: the program of the order system with its own words, which it reads and explains itself.</summary>
internal static class TargetCommand
{
    /// <summary>The word that everything is handed over after.</summary>
    public const string Name = "target";

    /// <summary>Stands in the list of commands.</summary>
    public static Command Create() => new(Name,
        "Runs the order system's own program: a service, a sidecar, or 'dead-letters list|replay --redis HOST:PORT' for what its bus gave up on.");

    /// <returns>The program's exit code; 2 when it is not built.</returns>
    public static async Task<int> RunAsync(string[] words)
    {
        if (!File.Exists(Installation.TargetCommand[^1]))
        {
            await Console.Error.WriteLineAsync($"The order system is not built: {Installation.TargetCommand[^1]} does not exist; run ./harness, which builds it.");
            return ExitCode.BadInput;
        }

        // Ctrl-C reaches it as well, since it shares the terminal; we only have to outlive it.
        using var interruption = new Interruption();
        var start = new ProcessStartInfo(Installation.TargetCommand[0], [.. Installation.TargetCommand.Skip(1), .. words]);
        OwnRuntime.Forget(start);
        using Process process = Process.Start(start)
            ?? throw new InvalidOperationException("The order system's program did not start.");
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }
}
