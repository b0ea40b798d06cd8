using System.Globalization;
using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Cli.Commands;
using Harness.Cli.Progress;
using Harness.Cli.Running;

namespace Harness.Cli.Up;

/// <summary>From what the user asked to an exit code: start it, show where everything is, tell what happens, take it down.</summary>
internal sealed class UpSession(UpSettings settings, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken runToken)
    {
        var problems = new List<Problem>();
        Preflight.CheckRunsFolder(settings.RunsFolder, problems);
        Preflight.CheckProxyPort(settings.ProxyApiPort, problems);
        IReadOnlyDictionary<string, string> switches = SwitchReader.Read(settings.Switches, problems);
        IEnvironmentKind? environment = Preflight.CheckEnvironment(settings.Environment, settings.At, problems);
        if (environment is not null)
            problems.AddRange(SwitchNeeds.Problems(switches, environment).Select(problem => new Problem(SwitchReader.Option, 0, 0, problem)));
        if (environment is null || problems.Count > 0)
        {
            foreach (Problem problem in problems)
                await error.WriteLineAsync($"harness: {problem}");
            return ExitCode.BadInput;
        }

        await HealCommand.CleanQuietlyAsync(error, runToken);
        // Events are lines everywhere: whoever watches for hours wants to scroll back.
        using var progress = new PlainProgress(settings.Json ? error : output);
        RunOutcome outcome = await new Upkeep(TimeProvider.System).RunAsync(Request(environment, switches), progress, ReadyAsync, runToken);
        return outcome.Status switch
        {
            RunStatus.Completed => ExitCode.Passed,
            RunStatus.Interrupted => ExitCode.Interrupted,
            _ => ExitCode.NothingProven,
        };
    }

    private async Task ReadyAsync(IRunningEnvironment environment, string folder)
    {
        UpView view = await UpView.OfAsync(environment, settings, folder);
        if (settings.Json)
            await output.WriteLineAsync(view.Json());
        else if (Terminal.IsInteractive)
            view.Draw();
        else
            view.Print(output);
        await output.FlushAsync();
    }

    private UpRequest Request(IEnvironmentKind environment, IReadOnlyDictionary<string, string> switches) => new()
    {
        Environment = environment,
        TargetCommand = Installation.TargetCommand,
        StoreCommand = Installation.StoreCommand,
        Switches = switches,
        Seed = settings.Seed,
        RunsFolder = settings.RunsFolder,
        Command = string.Join(
            ' ',
            [
                "./harness up --env", settings.Environment, .. settings.At.Words, "--seed", settings.Seed.ToString(CultureInfo.InvariantCulture),
                .. switches.Select(set => $"--switch {set.Key}={set.Value}"),
            ]),
        HarnessVersion = Installation.Version,
        Commit = Installation.Commit,
        ProxyApiPort = settings.ProxyApiPort,
    };
}
