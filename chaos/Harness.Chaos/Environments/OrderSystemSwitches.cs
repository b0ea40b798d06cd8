using System.Globalization;
using Harness.Chaos.Experiments;
using Harness.Chaos.Hunting;

namespace Harness.Chaos.Environments;

/// <summary>The switches of the order system that an experiment's <c>target:</c> may set.</summary>
public static class OrderSystemSwitches
{
    /// <summary>Switches that take one of a few words, the default first; <c>bug</c> has no default.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Words { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["coordination"] = ["choreography", "orchestration", "two-phase-commit"],
        ["storage"] = ["state", "events"],
        ["reads"] = ["cached", "strong"],
        ["cache-writes"] = ["aside", "through", "back"],
        ["stampede"] = ["lock", "none", "early"],
        ["ttl-jitter"] = ["off", "on"],
        ["fail-safe"] = ["off", "on"],
        ["resilience"] = ["on", "off", "mesh"],
        ["when-cut"] = ["accept", "reject"],
        ["bug"] = [.. PlantedBugs.All.Select(bug => bug.Name).Order(StringComparer.Ordinal)],
    };

    /// <summary>Switches that take a whole number, not negative: pieces of each product, and what each customer can spend.</summary>
    public static IReadOnlyList<string> Numbers { get; } = ["stock", "balance-cents"];

    /// <summary>Switches that take a duration in whole milliseconds, seconds or minutes: how long a saga may take, and a product stay in the cache.</summary>
    public static IReadOnlyList<string> Durations { get; } = ["saga-deadline", "cache-ttl"];

    /// <summary>Every switch, however it is set.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Words.Keys, .. Numbers, .. Durations];

    /// <summary>The duration as the order system takes it, in milliseconds; null when it takes none like it.</summary>
    public static string? Duration(string text) => Units.TryDuration(text, out TimeSpan duration) && duration >= TimeSpan.FromMilliseconds(1) && duration <= TimeSpan.FromDays(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)duration.TotalMilliseconds}ms")
        : null;
}
