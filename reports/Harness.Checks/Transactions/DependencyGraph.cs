using System.Runtime.InteropServices;

namespace Harness.Checks.Transactions;

/// <summary>Which transaction must come before which, and why.</summary>
internal sealed class DependencyGraph(int transactions)
{
    private readonly List<Dictionary<int, (Dependency Kind, string Key)>?> _edges = [.. new Dictionary<int, (Dependency, string)>?[transactions]];

    public int Count => _edges.Count;

    /// <summary>A node that is no transaction but stands between some.</summary>
    public int AddNode()
    {
        _edges.Add(null);
        return _edges.Count - 1;
    }

    public void Add(int from, int to, Dependency kind, string key)
    {
        if (from == to)
            return;

        ref var edge = ref CollectionsMarshal.GetValueRefOrAddDefault(_edges[from] ??= [], to, out bool known);
        edge = (edge.Kind | kind, known ? edge.Key : key);
    }

    public IEnumerable<KeyValuePair<int, (Dependency Kind, string Key)>> From(int transaction) => _edges[transaction] ?? [];

    public IEnumerable<int> Next(int from, Dependency kinds)
    {
        foreach ((int to, (Dependency kind, _)) in From(from))
        {
            if ((kind & kinds) != 0)
                yield return to;
        }
    }

    public (Dependency Kind, string Key) Edge(int from, int to) => _edges[from]![to];
}
