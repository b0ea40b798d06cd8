using Harness.Chaos.Environments;

namespace Harness.Chaos.Pacelc;

/// <summary>A cut through the order system: groups that cannot reach each other. Parts in no group reach everybody.</summary>
/// <param name="Name">The word for it.</param>
/// <param name="Groups">At least two.</param>
public sealed record NamedCut(string Name, params IReadOnlyList<IReadOnlyList<string>> Groups)
{
    public static IReadOnlyList<NamedCut> All { get; } =
    [
        new("redis", ["redis"], ["orders", "payments", "inventory"]),
        new("orders", ["orders"], ["redis", "payments", "inventory"]),
        new("inventory", ["inventory"], ["redis", "orders", "payments"]),
    ];

    /// <summary><c>[redis] | [orders, payments, inventory]</c>.</summary>
    public string Text => string.Join(" | ", Groups.Select(group => $"[{string.Join(", ", group)}]"));

    /// <summary>The parts on the side that has most of them; every part where no side has.</summary>
    public IReadOnlyList<string> Majority
    {
        get
        {
            int most = Groups.Max(group => group.Count);
            return [.. Groups.Where(group => group.Count == most).SelectMany(group => group)];
        }
    }

    /// <summary>The links that lead from one group to another.</summary>
    public IReadOnlyList<Edge> Crossing(IEnumerable<Edge> edges) =>
        [.. edges.Where(edge => GroupOf(edge.From) is >= 0 and var from && GroupOf(edge.To) is >= 0 and var to && from != to)];

    private int GroupOf(string part)
    {
        for (int i = 0; i < Groups.Count; i++)
        {
            if (Groups[i].Contains(part))
                return i;
        }

        return -1;
    }
}
