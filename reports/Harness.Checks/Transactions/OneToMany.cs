namespace Harness.Checks.Transactions;

/// <summary>Edges from each of some transactions to each of others, through one node in between: a few instead of their product.</summary>
/// <remarks>A transaction on both sides would come back to itself through that node, so it gets edges of its own.</remarks>
internal static class OneToMany
{
    /// <param name="graph">Takes the edges.</param>
    /// <param name="from">Each with the kind of its edges.</param>
    /// <param name="to">What comes after all of them.</param>
    /// <param name="key">What the edges are about.</param>
    public static void Link(DependencyGraph graph, IEnumerable<(int Id, Dependency Kind)> from, IReadOnlyCollection<int> to, string key)
    {
        (int Id, Dependency Kind)[] sources = [.. from];
        if (sources.Length == 0 || to.Count == 0)
            return;

        HashSet<int> targets = [.. to];
        int middle = -1;
        var direct = new Dictionary<Dependency, int>();
        foreach ((int id, Dependency kind) in sources)
        {
            if (targets.Count > 1 && !targets.Contains(id))
            {
                graph.Add(id, middle = middle < 0 ? Middle(graph, targets, key) : middle, kind, key);
                continue;
            }

            // A second one that read the same and wrote on is a lost update, which is found without edges.
            if (targets.Contains(id) && direct.TryGetValue(kind, out int known) && known > 1)
                continue;

            direct[kind] = direct.GetValueOrDefault(kind) + (targets.Contains(id) ? 1 : 0);
            foreach (int target in targets)
                graph.Add(id, target, kind, key);
        }
    }

    // Its own edges count as writes, so that a way through it has the one kind of its first half.
    private static int Middle(DependencyGraph graph, HashSet<int> targets, string key)
    {
        int middle = graph.AddNode();
        foreach (int target in targets)
            graph.Add(middle, target, Dependency.WriteWrite, key);
        return middle;
    }
}
