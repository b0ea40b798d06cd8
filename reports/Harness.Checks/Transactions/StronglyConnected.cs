namespace Harness.Checks.Transactions;

/// <summary>Finds the parts of a graph in which everything reaches everything: every cycle lies inside one.</summary>
/// <remarks>Tarjan (1972), with a stack of its own: histories are longer than threads are deep.</remarks>
internal sealed class StronglyConnected
{
    private readonly DependencyGraph _graph;
    private readonly Dependency _kinds;
    private readonly int[] _index;
    private readonly int[] _low;
    private readonly bool[] _onPath;
    private readonly Stack<int> _path = [];
    private readonly Stack<(int Node, IEnumerator<int> Next)> _calls = [];
    private readonly List<int[]> _parts = [];
    private int _next = 1;

    private StronglyConnected(DependencyGraph graph, Dependency kinds)
    {
        (_graph, _kinds) = (graph, kinds);
        (_index, _low, _onPath) = (new int[graph.Count], new int[graph.Count], new bool[graph.Count]);
    }

    /// <returns>The parts of more than one transaction.</returns>
    public static IReadOnlyList<int[]> Parts(DependencyGraph graph, Dependency kinds)
    {
        var search = new StronglyConnected(graph, kinds);
        for (int node = 0; node < graph.Count; node++)
        {
            if (search._index[node] == 0)
                search.Visit(node);
        }

        return search._parts;
    }

    private void Visit(int root)
    {
        Open(root);
        while (_calls.TryPeek(out (int Node, IEnumerator<int> Next) call))
        {
            if (!call.Next.MoveNext())
            {
                Close(call.Node);
                continue;
            }

            int next = call.Next.Current;
            if (_index[next] == 0)
                Open(next);
            else if (_onPath[next])
                _low[call.Node] = Math.Min(_low[call.Node], _index[next]);
        }
    }

    private void Open(int node)
    {
        _index[node] = _low[node] = _next++;
        _path.Push(node);
        _onPath[node] = true;
        _calls.Push((node, _graph.Next(node, _kinds).GetEnumerator()));
    }

    private void Close(int node)
    {
        _calls.Pop().Next.Dispose();
        if (_calls.TryPeek(out (int Node, IEnumerator<int>) caller))
            _low[caller.Node] = Math.Min(_low[caller.Node], _low[node]);
        if (_low[node] != _index[node])
            return;

        var part = new List<int>();
        int member;
        do
        {
            member = _path.Pop();
            _onPath[member] = false;
            part.Add(member);
        }
        while (member != node);

        if (part.Count > 1)
            _parts.Add([.. part]);
    }
}
