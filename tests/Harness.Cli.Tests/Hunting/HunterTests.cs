using System.Text.Json;
using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Chaos.Hunting;
using Harness.Cli.Hunting;
using Harness.Cli.Running;
using Harness.Records;

namespace Harness.Cli.Tests.Hunting;

/// <summary>On runs that answer at once what a test has them answer.</summary>
public sealed class HunterTests : IDisposable
{
    private static readonly PlantedBug Bug = PlantedBugs.Find("refund-twice")!;
    private readonly List<int> _seeds = [];
    private readonly StringWriter _progress = new();
    private readonly CancellationTokenSource _user = new();

    public void Dispose()
    {
        _progress.Dispose();
        _user.Dispose();
    }

    [Fact]
    public async Task Looks_for_a_bug_until_the_check_that_should_find_it_fails()
    {
        HuntResult result = await HuntAsync(seed => seed == 8 ? Verdicts("money-conserved", Bug.FoundBy) : Verdicts(), bugs: 1);

        Assert.Equal([7, 8], _seeds);
        HuntedBug hunted = Assert.Single(result.Bugs);
        Assert.Equal(new HuntAlarm(Bug.FoundBy, "The first fact."), hunted.Found);
        Assert.Equal(["money-conserved"], hunted.Also);
        Assert.Equal(ExitCode.Passed, result.ExitCode);
        Assert.Contains("refund-twice, run 2 (x, seed 8, 0 s): FOUND by effects-exactly-once: The first fact.", _progress.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gives_a_bug_up_after_so_many_runs_whatever_else_failed()
    {
        HuntResult result = await HuntAsync(_ => Verdicts("settled"), bugs: 1);

        Assert.Equal([7, 8, 9], _seeds);
        Assert.Null(Assert.Single(result.Bugs).Found);
        Assert.Equal((0, ExitCode.Failed), (result.Found, result.ExitCode));
    }

    [Fact]
    public async Task Reports_every_alarm_of_a_clean_run_and_counts_those_that_prove_nothing_apart()
    {
        HuntResult result = await HuntAsync(seed => seed switch { 8 => Verdicts("settled"), 9 => Unproven(), _ => Verdicts() }, clean: 4);

        Assert.Equal(4, result.Clean.Count);
        Assert.Equal("settled", Assert.Single(Assert.Single(result.Alarmed).Alarms).Name);
        Assert.Equal(9, Assert.Single(result.Unproven).Seed);
        Assert.Equal(ExitCode.Failed, result.ExitCode);
        using var text = new StringWriter();
        HuntText.Print(result, text);
        Assert.Contains("4 clean runs of 1 experiments: 1 reported something, 1 proved nothing.", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passes_when_nothing_was_reported_though_some_runs_proved_nothing()
    {
        Assert.Equal(ExitCode.Passed, (await HuntAsync(_ => Unproven(), clean: 2)).ExitCode);
    }

    [Fact]
    public async Task Keeps_what_was_done_when_the_user_ends_it()
    {
        HuntResult result = await HuntAsync(
            seed =>
            {
                if (seed == 9)
                    _user.Cancel();
                return Verdicts();
            },
            clean: 5);

        Assert.Equal([7, 8, 9], _seeds);
        Assert.Equal((2, true, ExitCode.Interrupted), (result.Clean.Count, result.Interrupted, result.ExitCode));
    }

    [Fact]
    public async Task Tells_programs_and_people_the_same()
    {
        HuntResult result = await HuntAsync(_ => Verdicts(Bug.FoundBy), bugs: 1, clean: 1);
        var settings = new HuntSettings { Run = new RunSettings { Seed = 7, Environment = "embedded", RunsFolder = "runs", ProxyApiPort = 0, Json = true } };

        JsonElement json = JsonDocument.Parse(HuntView.Render(result, settings)).RootElement;
        Assert.Equal((1, 1, 1, 1), (Count("bugs"), Count("found"), Count("cleanRuns"), Count("cleanAlarms")));
        JsonElement bug = json.GetProperty("bugs")[0];
        Assert.Equal((Bug.Name, true, "The first fact."), (bug.GetProperty("name").GetString(), bug.GetProperty("found").GetBoolean(), bug.GetProperty("witness").GetString()));
        Assert.Equal("./harness run demo --seed 7", bug.GetProperty("runs")[0].GetProperty("command").GetString());
        Assert.Contains("| refund\\-twice | effects\\-exactly\\-once | 1 | The first fact\\. |".Replace("\\", "", StringComparison.Ordinal), HuntText.Markdown(result).Replace("\\", "", StringComparison.Ordinal), StringComparison.Ordinal);

        int Count(string name) => json.GetProperty("counts").GetProperty(name).GetInt32();
    }

    [Fact]
    public void Lists_every_bug()
    {
        using var text = new StringWriter();
        HuntText.PrintList(text);

        Assert.All(PlantedBugs.All, bug => Assert.Contains(bug.Name, text.ToString(), StringComparison.Ordinal));
        Assert.Equal(PlantedBugs.All.Count, JsonDocument.Parse(BugsView.Render()).RootElement.GetProperty("bugs").GetArrayLength());
    }

    private Task<HuntResult> HuntAsync(Func<int, RunVerdict> verdictOf, int bugs = 0, int clean = 0)
    {
        var planned = new PlannedRun(
            new Experiment { Name = "x", Load = [], Timeline = new Timeline() }, EnvironmentKinds.All[0], "hunt/x", 7);
        var plan = new HuntPlan([.. Enumerable.Repeat((Bug, planned), bugs)], [.. Enumerable.Range(7, clean).Select(seed => planned with { Seed = seed })], []);
        return new Hunter(
            (run, runToken) =>
            {
                _seeds.Add(run.Seed);
                RunVerdict verdict = verdictOf(run.Seed);
                RunStatus status = runToken.IsCancellationRequested ? RunStatus.Interrupted : RunStatus.Completed;
                return Task.FromResult(new RunResult(new RunOutcome(status, "runs/x", null), verdict, Samples.Description with { Experiment = "x", Seed = run.Seed }));
            },
            new FakeTimeProvider(),
            _progress).HuntAsync(plan, runsMax: 3, _user.Token);
    }

    private static RunVerdict Verdicts(params string[] failed) => new()
    {
        Verdict = failed.Length > 0 ? Verdict.Fail : Verdict.Pass,
        Sentence = failed.Length > 0 ? "Failed." : "Passed.",
        Results = [.. failed.Select(name => Samples.Failed with { Name = name, Witness = new Witness(["The first fact.", "The second."], []) })],
    };

    private static RunVerdict Unproven() => new() { Verdict = Verdict.Unknown, Sentence = "Nothing was proven.", Results = [] };
}
