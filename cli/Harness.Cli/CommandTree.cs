using System.CommandLine;
using Harness.Cli.Commands;

namespace Harness.Cli;

/// <summary>Every command there is.</summary>
internal static class CommandTree
{
    /// <param name="args">As the user typed them, for the commands that repeat a run.</param>
    public static Command Create(IReadOnlyList<string> args) =>
        new("harness", "What happens to a distributed system, and to its data, when the network, the processes and the caches misbehave under load.")
        {
            HelpWithExamples.Option(),
            new VersionOption(),
            DemoCommand.Create(),
            RunCommand.Create(),
            UpCommand.Create(),
            InjectCommand.Create(args),
            HealCommand.Create(),
            StatusCommand.Create(),
            LoadCommand.Create(args),
            ReportCommand.Create(),
            GateCommand.Create(),
            PacelcCommand.Create(),
            ExportCommand.Create(),
            CheckCommand.Create(),
            HuntCommand.Create(),
            ListCommand.Create(),
            DoctorCommand.Create(),
            ToxiproxyServerCommand.Create(),
            TargetCommand.Create(),
            BenchCommand.Create(),
            StoreCommand.Create(),
            OriginCommand.Create(),
        };
}
