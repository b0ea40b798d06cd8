namespace Harness.Target;

/// <summary>Defects that can be switched on, one at a time, to prove that the checks find them.</summary>
public enum Bug
{
    None,

    /// <summary>Payments answers that it has refunded, and has not.</summary>
    RefundForgotten,

    /// <summary>Payments forgets which messages it has seen, and acknowledges every tenth too late, so that it comes again.</summary>
    DoubleChargeOnRedelivery,

    /// <summary>Inventory looks at the stock before the transaction that takes from it, so two buyers can see the same last piece.</summary>
    OversellRace,
}

/// <summary>The registry of planted bugs by the name that <c>--bug</c> takes.</summary>
public static class Bugs
{
    private static readonly Dictionary<string, Bug> ByName = new(StringComparer.Ordinal)
    {
        ["refund-forgotten"] = Bug.RefundForgotten,
        ["double-charge-on-redelivery"] = Bug.DoubleChargeOnRedelivery,
        ["oversell-race"] = Bug.OversellRace,
    };

    /// <summary>Every name, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>False when there is no bug of that name.</summary>
    public static bool TryFind(string name, out Bug bug) => ByName.TryGetValue(name, out bug);
}
