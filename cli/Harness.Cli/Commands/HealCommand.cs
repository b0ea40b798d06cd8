using System.CommandLine;
using Harness.Chaos.Environments.Leftovers;

namespace Harness.Cli.Commands;

/// <summary><c>harness heal</c>: cleans up after harnesses that came to a sudden end.</summary>
internal static class HealCommand
{
    public static Command Create()
    {
        var leftovers = new Option<bool>("--leftovers")
        {
            Description = "Clean up after every harness of yours that is gone: processes, stopped or running, folders, and proxies of somebody else.", Required = true,
        };
        var command = new HelpedCommand(
            "heal",
            "Cleans up what a harness left that was killed together with its guards, or lost its power. Every run does so before it starts. "
            + "Exit code 0 when nothing is left, 3 when something is still wrong: it says what, and how to mend it.",
            "harness heal --leftovers")
        {
            leftovers,
        };
        command.SetAction(async (_, runToken) =>
        {
            LeftoverReport report = await LeftoverReport.CleanAsync(runToken);
            foreach (string fault in report.Found)
                Console.WriteLine($"was in place   {fault}");
            foreach (string undone in report.Undone)
                Console.WriteLine($"cleaned up     {undone}");
            foreach (string still in report.Still)
                Console.Error.WriteLine($"STILL WRONG    {still}");
            if (report.Undone.Count + report.Still.Count == 0)
                Console.WriteLine("Nothing is left of any earlier harness.");
            return report.Still.Count == 0 ? ExitCode.Passed : ExitCode.NothingProven;
        });
        return command;
    }

    /// <summary>Before anything is started: one line for all that was found, and one for each thing that is still wrong.</summary>
    public static async Task CleanQuietlyAsync(TextWriter error, CancellationToken cancellationToken)
    {
        LeftoverReport report = await LeftoverReport.CleanAsync(cancellationToken);
        if (report.Undone.Count > 0)
            await error.WriteLineAsync($"harness: cleaned up after an earlier one: {string.Join("; ", report.Undone)}");
        foreach (string still in report.Still)
            await error.WriteLineAsync($"harness: left by an earlier one: {still}");
    }
}
