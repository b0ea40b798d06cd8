namespace Harness.Checks.Transactions;

/// <summary>Puts a cycle into a sentence.</summary>
internal static class CycleText
{
    /// <summary>The cycle's transactions, without the nodes that only stand for many edges.</summary>
    public static Transaction[] Members(int[] cycle, Transaction[] transactions) =>
        [.. cycle.Where(id => id < transactions.Length).Select(id => transactions[id])];

    public static string Of(int[] cycle, DependencyGraph graph, Transaction[] transactions)
    {
        int start = Array.FindIndex(cycle, id => id < transactions.Length);
        int[] turned = [.. cycle[start..], .. cycle[..start]];
        var parts = new List<string>();
        for (int i = 0; i < turned.Length; i++)
        {
            if (turned[i] >= transactions.Length)
                continue;

            int next = turned[(i + 1) % turned.Length];
            (Dependency kind, string key) = graph.Edge(turned[i], next);
            int to = next < transactions.Length ? next : turned[(i + 2) % turned.Length];
            parts.Add($"{transactions[turned[i]]} {Why(kind)} T{to}{(key.Length == 0 ? "" : $" on {key}")}");
        }

        return string.Join("; ", parts);
    }

    private static string Why(Dependency kind) =>
        kind.HasFlag(Dependency.WriteWrite) ? "wrote before"
        : kind.HasFlag(Dependency.WriteRead) ? "was read by"
        : kind.HasFlag(Dependency.ReadWrite) ? "did not see"
        : "was over before the begin of";
}
