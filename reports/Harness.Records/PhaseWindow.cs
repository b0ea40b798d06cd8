namespace Harness.Records;

/// <summary>When a phase really was, on the run's clock.</summary>
public sealed record PhaseWindow(Phase Phase, TimeSpan Start, TimeSpan End)
{
    /// <summary>From the events: a phase lasts until it is said to end, else until the next begins, else until the last event.</summary>
    internal static IReadOnlyList<PhaseWindow> From(IReadOnlyList<TimelineEvent> events)
    {
        var windows = new List<PhaseWindow>();
        PhaseWindow? open = null;
        foreach (TimelineEvent happened in events)
        {
            bool starts = happened.Kind == EventKind.PhaseStarted;
            bool ends = happened.Kind == EventKind.PhaseEnded && PhaseOf(happened) == open?.Phase;
            if (open is not null && (starts || ends))
            {
                windows.Add(open with { End = happened.At });
                open = null;
            }

            if (starts && PhaseOf(happened) is { } phase)
                open = new PhaseWindow(phase, happened.At, happened.At);
        }

        if (open is not null)
            windows.Add(open with { End = events.Max(happened => happened.At) });

        return windows;
    }

    private static Phase? PhaseOf(TimelineEvent happened) =>
        Enum.TryParse(happened.Subject, ignoreCase: true, out Phase phase) ? phase : null;
}
