namespace Harness.Chaos.Environments;

/// <summary>The switches of the order system that an experiment's <c>target:</c> may set.</summary>
public static class OrderSystemSwitches
{
    /// <summary>Switches that take one of a few words, the default first; <c>bug</c> has no default.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Words { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["coordination"] = ["choreography", "orchestration", "two-phase-commit"],
        ["reads"] = ["cached", "strong"],
        ["cache-writes"] = ["aside", "through", "back"],
        ["stampede"] = ["lock", "none", "early"],
        ["ttl-jitter"] = ["off", "on"],
        ["fail-safe"] = ["off", "on"],
        ["resilience"] = ["on", "off", "mesh"],
        ["when-cut"] = ["accept", "reject"],
        ["bug"] = ["double-charge-on-redelivery", "oversell-race", "refund-forgotten"],
    };

    /// <summary>Switches that take a whole number, not negative: pieces of each product, and what each customer can spend.</summary>
    public static IReadOnlyList<string> Numbers { get; } = ["stock", "balance-cents"];
}
