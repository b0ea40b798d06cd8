using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Checks;
using Harness.Cli.Commands;
using Harness.Cli.Comparing;
using Harness.Cli.Gating;
using Harness.Cli.Progress;
using Harness.Load;
using Harness.Records;
using Harness.Reports;
using Harness.Reports.Gates;
using Harness.Scenarios;

namespace Harness.Cli.Running;

/// <summary>From what the user asked to an exit code: run each experiment, judge its record, write its reports, print its verdict.</summary>
internal sealed class ExperimentSession(RunSettings settings, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken runToken)
    {
        (IReadOnlyList<PlannedRun> runs, IReadOnlyList<Problem> found) = Preflight.Check(arguments, settings);
        (GateFile? gate, IReadOnlyList<Problem> wrong) = settings.Gate is null ? (null, []) : RunGate.Read(settings.Gate);
        Problem[] problems = [.. found, .. wrong];
        if (problems.Length > 0)
        {
            foreach (var problem in problems)
                await error.WriteLineAsync($"harness: {problem}");
            return ExitCode.BadInput;
        }

        if (settings.DryRun)
        {
            foreach (PlannedRun run in runs)
                PlanText.Print(run, settings.CommandFor(run), output);
            return ExitCode.Passed;
        }

        var results = new List<RunResult>();
        foreach (PlannedRun run in runs)
        {
            results.Add(await RunOneAsync(run, runToken));
            if (runToken.IsCancellationRequested)
                break;
        }

        string? comparison = results.Count > 1 && !runToken.IsCancellationRequested
            ? CompareCall.Of(results.Select(result => result.Outcome.Folder), settings.RunsFolder, settings.Json ? error : output)
            : null;
        if (settings.Json)
            await output.WriteLineAsync(RunsView.Render(results, comparison));
        List<int> exitCodes = [.. results.Select(result => result.ExitCode)];
        if (gate is not null && !runToken.IsCancellationRequested)
            exitCodes.Add(await RunGate.JudgeAsync(gate, results, settings.Json ? error : output, error, runToken));
        return exitCodes.MaxBy(Severity);
    }

    /// <summary>Runs one experiment, judges its record and writes its reports.</summary>
    public async Task<RunResult> RunOneAsync(PlannedRun run, CancellationToken runToken)
    {
        await HealCommand.CleanQuietlyAsync(error, runToken);
        using var progress = ProgressView.Create(settings.Json ? error : output, interactive: !settings.Json && Terminal.IsInteractive);
        RunOutcome outcome = await new Conductor(TimeProvider.System).RunAsync(Request(run), progress, runToken);
        RunRecord record = RunRecord.Open(outcome.Folder);
        RunVerdict verdict = Judge.Of(record);
        RunRecordWriter.WriteVerdict(outcome.Folder, verdict);
        RunReports.Write(record, verdict);
        var result = new RunResult(outcome, verdict, record.Description);
        progress.Ended();
        if (!settings.Json)
            VerdictText.Print(result, output);
        return result;
    }

    private RunRequest Request(PlannedRun run) => new()
    {
        Experiment = run.Experiment,
        Environment = run.Environment,
        TargetCommand = Installation.TargetCommand,
        StoreCommand = Installation.StoreCommand,
        Scenarios = CreateScenario,
        Seed = run.Seed,
        RunsFolder = settings.RunsFolder,
        Command = settings.CommandFor(run),
        HarnessVersion = Installation.Version,
        Commit = Installation.Commit,
        ProxyApiPort = settings.ProxyApiPort,
    };

    /// <summary>Makes a shipped scenario, aimed at the services as clients reach them.</summary>
    internal static ScenarioProps CreateScenario(
        string scenario, IReadOnlyList<RunningService> services, HistoryWriter history, RunClock clock, int seed)
    {
        Uri Of(string service) => services.First(one => one.Name == service).ForClients;
        return OrderScenarios.Create(scenario, new OrderSystem(Of("orders"), Of("payments"), Of("inventory")), history, clock, seed);
    }

    /// <summary>Which of several exit codes speaks for all of them.</summary>
    private static int Severity(int exitCode) => exitCode switch
    {
        ExitCode.Interrupted => 5,
        ExitCode.Failed => 4,
        ExitCode.Stopped => 3,
        ExitCode.NothingProven => 2,
        _ => exitCode,
    };
}
