namespace Harness.Chaos.Pacelc;

/// <summary>Switches of the order system that decide together what it gives up first.</summary>
/// <param name="Name">The word for it.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Switches">Switches by name.</param>
public sealed record TradeoffMode(string Name, string Summary, IReadOnlyDictionary<string, string> Switches)
{
    public static IReadOnlyList<TradeoffMode> All { get; } =
    [
        new("strong", "reads from the database, writes through the cache, no new orders while the bus is away", new Dictionary<string, string>
        {
            ["reads"] = "strong", ["cache-writes"] = "through", ["when-cut"] = "reject",
        }),
        new("weak", "reads from the cache, writes beside it, orders taken and settled later", new Dictionary<string, string>
        {
            ["reads"] = "cached", ["cache-writes"] = "aside", ["when-cut"] = "accept",
        }),
        new("back", "as weak, with prices written to the cache first and to the database later", new Dictionary<string, string>
        {
            ["reads"] = "cached", ["cache-writes"] = "back", ["when-cut"] = "accept",
        }),
    ];
}
