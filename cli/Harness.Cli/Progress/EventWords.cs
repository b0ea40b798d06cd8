using Harness.Records;

namespace Harness.Cli.Progress;

/// <summary>What people call the kinds of events.</summary>
internal static class EventWords
{
    /// <summary>An event as one line, without its time.</summary>
    public static string Line(TimelineEvent happened)
    {
        string numbers = happened is { Kind: EventKind.FaultEvidence or EventKind.Traffic, Numbers: { } seen }
            ? string.Join(", ", seen.Select(number => FormattableString.Invariant($"{number.Value:0} {number.Key}")))
            : "";
        return string.Join(' ', new[] { Of(happened.Kind), happened.Subject, happened.Detail is { } detail ? $"({detail})" : null, numbers }
            .Where(word => !string.IsNullOrEmpty(word)));
    }

    private static string Of(EventKind kind) => kind switch
    {
        EventKind.RunStarted => "run started:",
        EventKind.EnvironmentReady => "environment ready:",
        EventKind.PhaseStarted => "phase",
        EventKind.PhaseEnded => "phase over:",
        EventKind.FaultInjected => "FAULT injected:",
        EventKind.FaultHealed => "fault healed:",
        EventKind.FaultEvidence => "fault seen on the wire:",
        EventKind.Traffic => "bytes on the edges:",
        EventKind.ProcessStarted => "process started:",
        EventKind.ProcessExited => "PROCESS ENDED:",
        EventKind.Settled => "settled",
        EventKind.NotSettled => "NOT SETTLED",
        EventKind.StopConditionMet => "STOP CONDITION MET",
        EventKind.ThresholdJudged => "threshold",
        EventKind.HarnessFailed => "THE HARNESS BROKE",
        EventKind.Interrupted => "interrupted",
        EventKind.RunEnded => "run ended:",
        _ => "note:",
    };
}
