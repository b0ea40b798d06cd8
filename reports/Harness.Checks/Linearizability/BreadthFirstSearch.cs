using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>Looks for the same order as <see cref="LinearizabilitySearch{TModel}"/>, level by level: everything that is possible before a
/// return is found before the next is looked at.</summary>
/// <remarks>It remembers one level only, and there a node with fewer crashed steps covers all with more before any of them is gone into. So it
/// is the better one where no order exists and much crashed, and the worse one where some order is soon found.</remarks>
internal sealed class BreadthFirstSearch<TModel>(SearchPlan plan, TModel model) : ILinearizabilitySearch
    where TModel : struct, ISequentialModel
{
    private readonly SearchMoves<TModel> _moves = new(plan, model);
    private readonly HashSet<long> _states = [];
    private readonly Queue<Place> _open = new();
    private VisitedNodes _here = new();
    private VisitedNodes _ahead = new();
    private List<Place> _arrived = [new Place(UInt128.Zero, model.Initial, [])];
    private int _level = -1;

    public long Nodes { get; private set; }

    public int VisitedCount => _here.Count + _ahead.Count;

    public int DeepestLevel => Math.Max(_level, 0);

    public IReadOnlySet<long> DeepestStates => _states;

    public SearchPlan Plan => plan;

    public Verdict Continue(long nodes)
    {
        for (long until = Nodes + nodes; Nodes < until;)
        {
            if (_open.TryDequeue(out Place place))
                Expand(place);
            else if (_arrived.Count == 0)
                return Verdict.Fail;
            else if (++_level == plan.Levels)
                return Verdict.Pass;
            else
                EnterLevel();
        }

        return Verdict.Unknown;
    }

    private void EnterLevel()
    {
        List<Place> arrived = _arrived;
        _arrived = [];
        _states.Clear();
        (_here, _ahead) = (new VisitedNodes(), new VisitedNodes());

        // Those that took the fewest crashed steps first: they cover the others.
        foreach (Place place in arrived.OrderBy(place => place.Used.Length))
            Arrive(place.Done, place.State, place.Used);
    }

    private void Arrive(UInt128 done, long state, int[] used)
    {
        Nodes++;
        _moves.DoReadOnly(_level, ref done, state);
        _states.Add(state);
        UInt128 returning = UInt128.One << plan.Slot[plan.Returning[_level]];
        if ((done & returning) != UInt128.Zero)
        {
            done &= ~returning;
            if (_ahead.Add(new Node(_level + 1, done, state), used))
                _arrived.Add(new Place(done, state, used));
        }
        else if (_here.Add(new Node(_level, done, state), used))
        {
            _open.Enqueue(new Place(done, state, used));
        }
    }

    private void Expand(in Place place)
    {
        foreach (int step in plan.OpenAt(_level))
        {
            UInt128 bit = UInt128.One << plan.Slot[step];
            if ((place.Done & bit) == UInt128.Zero && _moves.TryStep(place.State, plan.Step[step], out long next))
                Arrive(place.Done | bit, next, place.Used);
        }

        for (int crashed = 0; crashed < plan.Crashed.Length; crashed++)
        {
            if (_moves.MayUse(crashed, _level, place.State, place.Used, out long next))
                Arrive(place.Done, next, SearchMoves<TModel>.With(place.Used, crashed));
        }
    }

    private readonly record struct Place(UInt128 Done, long State, int[] Used);
}
