using System.Globalization;
using Harness.Chaos.Conducting;
using Harness.Chaos.Experiments;
using Harness.Chaos.Pacelc;
using Harness.Checks.Pacelc;
using Harness.Cli.Running;
using Harness.Records;
using Harness.Reports.Pacelc;

namespace Harness.Cli.Pacelc;

/// <summary>From what the user asked to a scorecard and an exit code.</summary>
internal sealed class PacelcCall(PacelcSettings settings, TextWriter output, TextWriter error)
{
    public async Task<int> RunAsync(CancellationToken runToken)
    {
        (PacelcPlan? plan, IReadOnlyList<Problem> problems) = PacelcReader.Read(settings);
        if (plan is null)
        {
            foreach (Problem problem in problems)
                await error.WriteLineAsync($"harness: {problem}");
            return ExitCode.BadInput;
        }

        DateTimeOffset started = TimeProvider.System.GetUtcNow();
        string folder = FolderFor(started);
        IReadOnlyList<(int Mode, int Round)> order = TradeoffPlan.Order(plan.Modes.Count, settings.Rounds, settings.Seed);
        TextWriter progress = settings.Json ? error : output;
        await progress.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{order.Count} runs on {settings.Environment}, at most {plan.Timing.LongestFor(order.Count).TotalMinutes:0.0} minutes; records in {folder}"));
        var runs = plan.Modes.Select(_ => new SortedDictionary<int, PacelcRun>()).ToArray();
        for (int i = 0; i < order.Count; i++)
        {
            (int mode, int round) = order[i];
            string title = $"run {i + 1} of {order.Count}: {plan.Modes[mode].Name}, round {round + 1}";
            RunOutcome outcome = await new Conductor(TimeProvider.System).RunAsync(
                RequestOf(plan, plan.Modes[mode], round, folder), new RunLines(progress, title), runToken);
            if (runToken.IsCancellationRequested)
                return ExitCode.Interrupted;
            runs[mode][round] = PacelcRun.Of(RunRecord.Open(outcome.Folder));
        }

        Scorecard card = Scorecard.Of(
            DesignOf(plan, started, order), [.. plan.Modes.Zip(runs, (mode, own) => ModeScore.Of(mode.Name, mode.Switches, [.. own.Values]))]);
        string page = ScorecardFiles.Write(card, folder);
        await output.WriteAsync(settings.Json ? ScorecardFiles.Json(card) + "\n" : ScorecardText.Of(card));
        if (!settings.Json)
            await output.WriteLineAsync($"\n  page     {page}\n  repeat   {settings.Command}");
        if (settings.Open)
            await Browser.ShowAsync(page, error);
        return card.Verdict switch { Verdict.Pass => ExitCode.Passed, Verdict.Fail => ExitCode.Failed, _ => ExitCode.NothingProven };
    }

    private string FolderFor(DateTimeOffset started)
    {
        string stem = Path.GetFullPath(Path.Combine(settings.Out, $"{started.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-pacelc"));
        string folder = stem;
        for (int again = 2; Directory.Exists(folder); again++)
            folder = $"{stem}-{again}";
        return Directory.CreateDirectory(folder).FullName;
    }

    private RunRequest RequestOf(PacelcPlan plan, TradeoffMode mode, int round, string folder) => new()
    {
        Experiment = plan.Timing.ExperimentOf(mode, plan.Environment),
        Environment = plan.Environment,
        TargetCommand = Installation.TargetCommand,
        StoreCommand = Installation.StoreCommand,
        Scenarios = ExperimentSession.CreateScenario,
        Seed = settings.Seed + round,
        RunsFolder = folder,
        Command = settings.Command,
        HarnessVersion = Installation.Version,
        Commit = Installation.Commit,
    };

    private PacelcDesign DesignOf(PacelcPlan plan, DateTimeOffset started, IReadOnlyList<(int Mode, int Round)> order) => new()
    {
        Environment = settings.Environment,
        Cut = plan.Timing.Cut.Name,
        Groups = plan.Timing.Cut.Text,
        MajoritySides = plan.Timing.Cut.Majority,
        Rounds = settings.Rounds,
        Seed = settings.Seed,
        Command = settings.Command,
        HarnessVersion = Installation.Version,
        Commit = Installation.Commit,
        StartedAt = started,
        Order = [.. order.Select(one => $"{plan.Modes[one.Mode].Name} {one.Round + 1}")],
        Normal = plan.Timing.Normal,
        Partition = plan.Timing.Partition,
        Healing = plan.Timing.Healing,
    };
}
