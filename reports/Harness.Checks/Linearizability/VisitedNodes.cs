using System.Runtime.InteropServices;

namespace Harness.Checks.Linearizability;

/// <summary>A place in the search: what is still to come depends on nothing else, but for the crashed steps used so far.</summary>
internal readonly record struct Node(int Level, UInt128 Done, long State);

/// <summary>The nodes that were searched, each with the smallest sets of crashed steps with which it was reached.</summary>
internal sealed class VisitedNodes
{
    // Null: it was reached without any crashed step, which is as good as it gets.
    private readonly Dictionary<Node, int[][]?> _nodes = [];

    public int Count => _nodes.Count;

    /// <summary>False when the node was reached before with a part of these crashed steps, or the same: then there is nothing new to
    /// find.</summary>
    /// <param name="node">Where the search is.</param>
    /// <param name="used">Places of crashed kinds, ascending, one for each use.</param>
    public bool Add(in Node node, int[] used)
    {
        ref int[][]? smallest = ref CollectionsMarshal.GetValueRefOrAddDefault(_nodes, node, out bool known);
        if (used.Length == 0)
        {
            bool better = !known || smallest is not null;
            smallest = null;
            return better;
        }

        if (!known)
        {
            smallest = [used];
            return true;
        }

        if (smallest is null || Array.Exists(smallest, set => IsPartOf(set, used)))
            return false;

        smallest = [.. smallest.Where(set => !IsPartOf(used, set)), used];
        return true;
    }

    private static bool IsPartOf(int[] part, int[] whole)
    {
        if (part.Length > whole.Length)
            return false;

        int at = 0;
        foreach (int use in part)
        {
            while (at < whole.Length && whole[at] < use)
                at++;
            if (at == whole.Length || whole[at] != use)
                return false;
            at++;
        }

        return true;
    }
}
