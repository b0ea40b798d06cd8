namespace Harness.Chaos.Environments;

/// <summary>The switches of the order system that an experiment's <c>target:</c> may set, each with its values, the default first.</summary>
public static class OrderSystemSwitches
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> All { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["coordination"] = ["choreography"],
        ["reads"] = ["cached", "strong"],
        ["resilience"] = ["on", "off"],
        ["bug"] = [],
    };
}
