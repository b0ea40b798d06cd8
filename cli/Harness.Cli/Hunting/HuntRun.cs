using Harness.Chaos.Conducting;
using Harness.Cli.Running;
using Harness.Records;

namespace Harness.Cli.Hunting;

/// <summary>One run of a hunt and what it reported.</summary>
/// <param name="Experiment">Its name.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Command">Repeats it.</param>
/// <param name="Folder">Its record.</param>
/// <param name="Verdict">Of the whole run.</param>
/// <param name="Sentence">The verdict and its first reason.</param>
/// <param name="Alarms">Every check and expectation that failed.</param>
/// <param name="Took">From start to verdict.</param>
internal sealed record HuntRun(
    string Experiment, int Seed, string Command, string Folder, Verdict Verdict, string Sentence, IReadOnlyList<HuntAlarm> Alarms, TimeSpan Took)
{
    public static HuntRun Of(RunResult result, TimeSpan took) => new(
        result.Description.Experiment, result.Description.Seed, result.Description.Command, result.Outcome.Folder, result.Verdict.Verdict,
        result.Outcome.Status == RunStatus.Failed ? $"The run broke: {result.Outcome.Reason}" : result.Verdict.Sentence,
        [.. result.Verdict.Results.Where(one => one is { Verdict: Verdict.Fail, Kind: ResultKind.Check or ResultKind.Expectation }).Select(HuntAlarm.Of)], took);

    /// <summary>What a check said; null when it did not fail.</summary>
    public HuntAlarm? AlarmOf(string check) => Alarms.FirstOrDefault(alarm => alarm.Name == check || alarm.Name.StartsWith(check + ":", StringComparison.Ordinal));
}

/// <summary>A check or an expectation that failed.</summary>
/// <param name="Name">The check's, or the expectation as written.</param>
/// <param name="Witness">The first fact that shows it, in one line.</param>
internal sealed record HuntAlarm(string Name, string Witness)
{
    public static HuntAlarm Of(CheckResult failed) => new(failed.Name, (failed.Witness is { Facts: [var first, ..] } ? first : failed.Summary).ReplaceLineEndings(" "));
}
