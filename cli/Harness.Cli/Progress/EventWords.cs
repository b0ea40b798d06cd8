using Harness.Records;

namespace Harness.Cli.Progress;

/// <summary>What people call the kinds of events.</summary>
internal static class EventWords
{
    public static string Of(EventKind kind) => kind switch
    {
        EventKind.RunStarted => "run started:",
        EventKind.EnvironmentReady => "environment ready:",
        EventKind.PhaseStarted => "phase",
        EventKind.PhaseEnded => "phase over:",
        EventKind.FaultInjected => "FAULT injected:",
        EventKind.FaultHealed => "fault healed:",
        EventKind.FaultEvidence => "fault seen on the wire:",
        EventKind.ProcessStarted => "process started:",
        EventKind.ProcessExited => "PROCESS ENDED:",
        EventKind.Settled => "settled",
        EventKind.NotSettled => "NOT SETTLED",
        EventKind.StopConditionMet => "STOP CONDITION MET",
        EventKind.HarnessFailed => "THE HARNESS BROKE",
        EventKind.Interrupted => "interrupted",
        EventKind.RunEnded => "run ended:",
        _ => "note:",
    };
}
