using System.Globalization;
using Harness.Chaos.Conducting;
using Harness.Chaos.Control;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Cli.Commands;
using Harness.Cli.Control;
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
        Preflight.CheckPort("--control-port", settings.ControlPort, problems);
        if (settings.ControlPort != 0 && settings.ControlPort == settings.ProxyApiPort)
            problems.Add(new Problem("--control-port", 0, 0, $"{settings.ControlPort} is the --proxy-port already"));
        IReadOnlyDictionary<string, string> switches = SwitchReader.Read(settings.Switches, problems);
        IEnvironmentKind? environment = Preflight.CheckEnvironment(settings.Environment, settings.At, problems);
        if (environment is not null)
            problems.AddRange(SwitchNeeds.Problems(switches, environment).Select(problem => new Problem(SwitchReader.Option, 0, 0, problem)));
        double rate = 0;
        if (settings.Load is { } load && (!Units.TryRate(load, out rate) || rate > LiveLoad.RateMax))
            problems.Add(new Problem("--load", 0, 0, $"'{load}' is not {Units.RateForm}, at most {LiveLoad.RateMax:0}/s"));
        if (environment is null || problems.Count > 0)
        {
            foreach (Problem problem in problems)
                await error.WriteLineAsync($"harness: {problem}");
            return ExitCode.BadInput;
        }

        await HealCommand.CleanQuietlyAsync(error, runToken);
        // Events are lines everywhere: whoever watches for hours wants to scroll back.
        using var progress = new PlainProgress(settings.Json ? error : output);
        RunOutcome outcome = await new Upkeep(TimeProvider.System).RunAsync(Request(environment, switches), progress, room => AttendAsync(room, rate), runToken);
        return outcome.Status switch
        {
            RunStatus.Completed => ExitCode.Passed,
            RunStatus.Interrupted => ExitCode.Interrupted,
            _ => ExitCode.NothingProven,
        };
    }

    private async Task<IAsyncDisposable> AttendAsync(ControlRoom room, double rate)
    {
        ControlServer control = await ControlServer.StartAsync(room, settings.ControlPort);
        UpNote note = LivingUps.Write(new LivingUp(control.Url, control.Token, settings.Environment, room.Record, DateTimeOffset.UtcNow));
        UpView view = await UpView.OfAsync(room.Environment, settings, room.Record, control, note.Path);
        if (settings.Json)
            await output.WriteLineAsync(view.Json());
        else if (Terminal.IsInteractive)
            view.Draw();
        else
            view.Print(output);
        await output.FlushAsync();
        if (rate > 0)
            await room.Load.StartAsync(rate, LiveLoad.ForDefault);
        if (settings.Open)
            await Browser.ShowAsync(note.WriteOpener(control.Page) ?? control.Url.ToString(), error);
        return new Attendance(control, note);
    }

    private UpRequest Request(IEnvironmentKind environment, IReadOnlyDictionary<string, string> switches) => new()
    {
        Environment = environment,
        TargetCommand = Installation.TargetCommand,
        StoreCommand = Installation.StoreCommand,
        Scenarios = ExperimentSession.CreateScenario,
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

    /// <summary>Nobody can reach it any more before anything is healed and taken down.</summary>
    private sealed class Attendance(ControlServer control, UpNote note) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            note.Dispose();
            await control.DisposeAsync();
        }
    }
}
