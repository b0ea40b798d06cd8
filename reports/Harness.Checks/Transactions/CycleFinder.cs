namespace Harness.Checks.Transactions;

/// <summary>Names the worst cycle in each part of the graph and shows a short one.</summary>
/// <remarks>Adya (1999): G0 has write dependencies only; G1c write and read dependencies; G-single exactly one anti-dependency; G2 more
/// than one.</remarks>
internal static class CycleFinder
{
    private const Dependency Dependencies = Dependency.WriteWrite | Dependency.WriteRead;
    private const Dependency All = Dependencies | Dependency.ReadWrite;
    private const Dependency RealTime = Dependency.RealTime;
    private const int MaxSteps = 5_000_000;

    /// <returns>Each with its transactions in order; the last is followed by the first.</returns>
    public static IEnumerable<(string Name, int[] Cycle)> Find(DependencyGraph graph)
    {
        foreach (int[] part in StronglyConnected.Parts(graph, Dependency.WriteWrite))
            yield return ("G0", Shortest(graph, part, Dependency.WriteWrite));

        foreach (int[] part in StronglyConnected.Parts(graph, Dependencies))
        {
            if (ThroughOne(graph, part, Dependency.WriteRead, Dependencies) is { } cycle)
                yield return ("G1c", cycle);
        }

        HashSet<int> explained = [];
        foreach (int[] part in StronglyConnected.Parts(graph, All))
        {
            explained.UnionWith(part);
            if (ThroughOne(graph, part, Dependency.ReadWrite, Dependencies) is { } single)
                yield return ("G-single", single);
            else if (ThroughOne(graph, part, Dependency.ReadWrite, All) is { } cycle)
                yield return ("G2", cycle);
            else if (ThroughOne(graph, part, Dependencies, All) is { } other)
                yield return ("G1c", other);    // only when the part is too large to look at all of it
        }

        // What is a cycle even without the clock needs no second name.
        foreach (int[] part in StronglyConnected.Parts(graph, All | RealTime).Where(part => !Array.Exists(part, explained.Contains)))
            yield return OfRealTime(graph, part);
    }

    // The clock runs forward only, so each of these cycles is closed by an edge of another kind.
    private static (string Name, int[] Cycle) OfRealTime(DependencyGraph graph, int[] part) =>
        ThroughOne(graph, part, Dependency.WriteWrite, Dependency.WriteWrite | RealTime) is { } writes ? ("G0-realtime", writes)
        : ThroughOne(graph, part, Dependency.WriteRead, Dependencies | RealTime) is { } reads ? ("G1c-realtime", reads)
        : ThroughOne(graph, part, Dependency.ReadWrite, Dependencies | RealTime) is { } single ? ("G-single-realtime", single)
        : ThroughOne(graph, part, Dependency.ReadWrite, All | RealTime) is { } cycle ? ("G2-realtime", cycle)
        : ("G2-realtime", Shortest(graph, part, All | RealTime));

    /// <summary>A cycle that begins with an edge of one kind and comes back by edges of others.</summary>
    private static int[]? ThroughOne(DependencyGraph graph, int[] part, Dependency first, Dependency rest)
    {
        HashSet<int> inside = [.. part];
        int steps = MaxSteps;

        // Histories mostly run forward, so a cycle is closed by an edge that runs back: look at those first, the widest before all.
        var edges = part.SelectMany(from => graph.Next(from, first).Where(inside.Contains).Select(to => (From: from, To: to)));
        foreach ((int from, int to) in edges.OrderBy(edge => edge.To - edge.From))
        {
            if (Path(graph, to, from, rest, inside, ref steps) is { } back)
                return [from, .. back[..^1]];
            if (steps <= 0)
                return null;
        }

        return null;
    }

    private static int[] Shortest(DependencyGraph graph, int[] part, Dependency kinds)
    {
        HashSet<int> inside = [.. part];
        int next = graph.Next(part[0], kinds).First(inside.Contains);
        int steps = int.MaxValue;
        return [part[0], .. Path(graph, next, part[0], kinds, inside, ref steps)![..^1]];
    }

    /// <summary>The shortest path, both ends included; breadth first.</summary>
    private static int[]? Path(DependencyGraph graph, int from, int to, Dependency kinds, HashSet<int> inside, ref int steps)
    {
        var cameFrom = new Dictionary<int, int> { [from] = from };
        var queue = new Queue<int>([from]);
        while (queue.TryDequeue(out int node) && steps > 0)
        {
            if (node == to)
                return WayBack(cameFrom, from, to);

            foreach (int next in graph.Next(node, kinds))
            {
                steps--;
                if (inside.Contains(next) && cameFrom.TryAdd(next, node))
                    queue.Enqueue(next);
            }
        }

        return null;
    }

    private static int[] WayBack(Dictionary<int, int> cameFrom, int from, int to)
    {
        var path = new List<int> { to };
        while (path[^1] != from)
            path.Add(cameFrom[path[^1]]);
        path.Reverse();
        return [.. path];
    }
}
