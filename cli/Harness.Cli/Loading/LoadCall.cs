using System.CommandLine;
using System.Globalization;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Loading;
using Harness.Checks;
using Harness.Cli.Progress;
using Harness.Cli.Running;
using Harness.Load;
using Harness.Load.Reporting;
using Harness.Records;
using Harness.Reports;
using Harness.Scenarios;

namespace Harness.Cli.Loading;

/// <summary>From what the user typed to an exit code: plan the load, run it, judge its record, write its reports, print what came of it.</summary>
internal sealed class LoadCall(LoadArguments arguments, ParseResult parsed, IReadOnlyList<string> args, TextWriter output, TextWriter error)
{
    private readonly List<Problem> _problems = [];

    public async Task<int> RunAsync(CancellationToken runToken)
    {
        LoadDraft draft = ReadDraft(out string? source);
        Preflight.CheckRunsFolder(arguments.Out(parsed), _problems);
        _problems.AddRange(OtlpExport.Problems());
        LoadPlan? plan = new LoadPlanner(Preflight.Vocabulary.Steps, _problems).Plan(draft);
        IEnvironmentKind? environment = plan is { IsOfOrderSystem: true, Services.Count: 0 } ? EnvironmentKinds.All[0] : null;
        if (environment is not null)
            _problems.AddRange(environment.Missing(Installation.TargetCommand).Select(missing => new Problem($"--env {environment.Name}", 0, 0, missing)));
        if (plan is null || _problems.Count > 0)
        {
            foreach (Problem problem in _problems)
                await error.WriteLineAsync($"harness: {problem}");
            return ExitCode.BadInput;
        }

        int seed = draft.Seed ?? Random.Shared.Next(1, 1_000_000);
        return await RunAsync(plan, environment, seed, source, runToken);
    }

    private LoadDraft ReadDraft(out string? source)
    {
        source = null;
        LoadDraft said = arguments.Read(parsed, _problems);
        if (arguments.Config(parsed) is not { } file)
            return said;
        (LoadDraft written, IReadOnlyList<Problem> problems) = LoadDraftReader.ReadFile(file);
        _problems.AddRange(problems);
        source = File.Exists(file) ? File.ReadAllText(file) : null;
        return said.Over(written);
    }

    private async Task<int> RunAsync(LoadPlan plan, IEnvironmentKind? environment, int seed, string? source, CancellationToken runToken)
    {
        bool json = arguments.Json(parsed);
        using var meter = new LoadMeter();
        using IDisposable? exporting = OtlpExport.Begin();
        using LoadProgressView progress = LoadProgressView.Create(json ? error : output, plan, interactive: !json && Terminal.IsInteractive);
        LoadOutcome outcome = await new LoadConductor(TimeProvider.System).RunAsync(Request(plan, environment, seed, source, meter), progress, runToken);
        RunRecord record = RunRecord.Open(outcome.Run.Folder);
        RunVerdict verdict = Judge.Of(record);
        RunRecordWriter.WriteVerdict(outcome.Run.Folder, verdict);
        RunReports.Write(record, verdict);
        if (outcome.Result is not null)
            LoadReports.Write(outcome.Result, outcome.Run.Folder);
        progress.Ended();
        var result = new RunResult(outcome.Run, verdict, record.Description);
        if (json)
            await output.WriteLineAsync(LoadView.Render(result, outcome.Result));
        else
            LoadText.Print(result, outcome.Result, output);
        return result.ExitCode;
    }

    private LoadRequest Request(LoadPlan plan, IEnvironmentKind? environment, int seed, string? source, LoadMeter meter) => new()
    {
        Plan = plan,
        Environment = environment,
        TargetCommand = Installation.TargetCommand,
        StoreCommand = Installation.StoreCommand,
        Scenarios = CreateScenario,
        Observers = [meter],
        Seed = seed,
        RunsFolder = arguments.Out(parsed),
        Command = CommandFor(seed),
        Source = source,
        HarnessVersion = Installation.Version,
        Commit = Installation.Commit,
    };

    private static ScenarioProps CreateScenario(
        string scenario, IReadOnlyList<RunningService> services, HistoryWriter history, RunClock clock, int seed)
    {
        // Past the proxies: nothing is to be broken, so nothing need stand in the way.
        Uri Of(string service) => services.First(one => one.Name == service).Direct;
        return OrderScenarios.Create(scenario, new OrderSystem(Of("orders"), Of("payments"), Of("inventory")), history, clock, seed);
    }

    /// <summary>The command that repeats the run, for people and for the record.</summary>
    private string CommandFor(int seed)
    {
        string typed = string.Join(' ', args.Select(Quoted));
        return args.Contains("--seed") ? $"./harness {typed}" : string.Create(CultureInfo.InvariantCulture, $"./harness {typed} --seed {seed}");
    }

    private static string Quoted(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || "-_=./:,@%".Contains(c, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
