using Harness.Records;

namespace Harness.Checks.Validity;

/// <summary>The run went to its planned end.</summary>
internal static class RunCompleted
{
    public const string Name = "run-completed";

    public static CheckResult Judge(RunRecord record)
    {
        TimelineEvent? broke = record.Events.FirstOrDefault(e =>
            e.Kind is EventKind.HarnessFailed or EventKind.Interrupted or EventKind.StopConditionMet or EventKind.ProcessExited);
        if (broke is not null)
            return Answer(Verdict.Fail, $"{What(broke)} {Moment.Of(broke.At, record)} {broke.Detail}".TrimEnd());

        return record.Events.Any(e => e.Kind == EventKind.RunEnded)
            ? Answer(Verdict.Pass, $"The run went to its end, {record.Events[^1].At.TotalSeconds:F1} s.")
            : Answer(Verdict.Unknown, "The record ends before the run did.");
    }

    private static string What(TimelineEvent broke) => broke.Kind switch
    {
        EventKind.ProcessExited => broke.Subject is { } process ? $"The process {process} ended by itself" : "A process ended by itself",
        EventKind.StopConditionMet => "A stop condition ended the run",
        EventKind.Interrupted => "The run was interrupted",
        _ => "The harness or its environment broke",
    };

    private static CheckResult Answer(Verdict verdict, string summary) =>
        new() { Name = Name, Kind = ResultKind.Validity, Verdict = verdict, Summary = summary };
}
