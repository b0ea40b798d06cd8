namespace Harness.Records;

/// <summary>A fault from injected to healed; <c>Evidence</c> is what it was seen to do, null when nothing was reported.</summary>
/// <param name="Name">As in the plan.</param>
/// <param name="Start">When it was in place.</param>
/// <param name="End">When it was healed; null when it never was.</param>
/// <param name="Evidence">What was counted on the wire. Of a number that was reported more than once the last counts.</param>
public sealed record FaultWindow(string Name, TimeSpan Start, TimeSpan? End, IReadOnlyDictionary<string, double>? Evidence)
{
    internal static IReadOnlyList<FaultWindow> From(IReadOnlyList<TimelineEvent> events)
    {
        var windows = new List<FaultWindow>();
        foreach (TimelineEvent happened in events.Where(e => e.Subject is not null))
        {
            if (happened.Kind == EventKind.FaultInjected)
                windows.Add(new FaultWindow(happened.Subject!, happened.At, null, null));

            int latest = windows.FindLastIndex(window => window.Name == happened.Subject);
            if (latest >= 0)
                windows[latest] = windows[latest].After(happened);
        }

        return windows;
    }

    private FaultWindow After(TimelineEvent happened) => happened.Kind switch
    {
        EventKind.FaultHealed => this with { End = End ?? happened.At },
        EventKind.FaultEvidence => this with { Evidence = Merged(Evidence, happened.Numbers) },
        _ => this,
    };

    private static Dictionary<string, double> Merged(IReadOnlyDictionary<string, double>? known, IReadOnlyDictionary<string, double>? said)
    {
        var merged = new Dictionary<string, double>(known ?? new Dictionary<string, double>());
        foreach ((string name, double number) in said ?? new Dictionary<string, double>())
            merged[name] = number;
        return merged;
    }
}
