using Harness.Records;

namespace Harness.Checks.Linearizability;

/// <summary>Looks for an order of one key's steps that agrees with both time and the model. Depth first; can be paused and taken up
/// again.</summary>
/// <remarks>
/// <para>After Wing and Gong (1993) and Lowe (2017), with these turns. A step takes effect only when some return forces the matter
/// ("just in
/// time"). Steps that cannot change the state take effect as soon as they are legal: that never spoils anything. What was searched is
/// remembered
/// by level, open steps done and state, all of constant size. Crashed steps of one kind are interchangeable, and a node that was reached
/// with
/// fewer of them covers one reached with more. A crashed step is not tried when it changes nothing, when nobody can see any more what it
/// leaves,
/// or right before a blind write.</para>
/// <para>The last one is exact: the node before the crashed step tries the same write with one crashed step less, and covers this.</para>
/// </remarks>
internal sealed class LinearizabilitySearch<TModel>(SearchPlan plan, TModel model) : ILinearizabilitySearch
    where TModel : struct, ISequentialModel
{
    private readonly SearchMoves<TModel> _moves = new(plan, model);
    private readonly VisitedNodes _visited = new();
    private readonly HashSet<long> _deepestStates = [];
    private Frame[] _stack = new Frame[64];
    private int _depth;
    private bool _started;

    public long Nodes { get; private set; }

    public int VisitedCount => _visited.Count;

    public int DeepestLevel { get; private set; }

    public IReadOnlySet<long> DeepestStates => _deepestStates;

    public SearchPlan Plan => plan;

    /// <param name="nodes">How many nodes to look at before pausing.</param>
    /// <returns>Unknown when paused.</returns>
    public Verdict Continue(long nodes)
    {
        long until = Nodes + nodes;
        if (!_started)
        {
            _started = true;
            if (Enter(0, UInt128.Zero, model.Initial, [], afterCrashed: false))
                return Verdict.Pass;
        }

        while (_depth > 0)
        {
            if (Nodes >= until)
                return Verdict.Unknown;
            if (TakeNext(ref _stack[_depth - 1]))
                return Verdict.Pass;
        }

        return Verdict.Fail;
    }

    /// <summary>Goes to a node, lets everything happen there that needs no choice, and puts it on the stack if there is a choice to
    /// make.</summary>
    /// <returns>True when the history is at its end.</returns>
    private bool Enter(int level, UInt128 done, long state, int[] used, bool afterCrashed)
    {
        Nodes++;
        for (; level < plan.Levels; level++)
        {
            afterCrashed &= !_moves.DoReadOnly(level, ref done, state);
            UInt128 returning = UInt128.One << plan.Slot[plan.Returning[level]];
            if ((done & returning) == UInt128.Zero)
                break;

            done &= ~returning;
        }

        if (level == plan.Levels)
            return true;

        if (_visited.Add(new Node(level, done, state), used))
        {
            Remember(level, state);
            if (_depth == _stack.Length)
                Array.Resize(ref _stack, _depth * 2);
            _stack[_depth++] = new Frame(level, done, state, used, afterCrashed);
        }

        return false;
    }

    /// <summary>Takes the next choice of the topmost frame, or takes the frame off when there is none.</summary>
    private bool TakeNext(ref Frame frame)
    {
        ReadOnlySpan<int> open = plan.OpenAt(frame.Level);
        while (frame.Next < open.Length)
        {
            int place = open[frame.Next++];
            Step step = plan.Step[place];
            UInt128 bit = UInt128.One << plan.Slot[place];
            if ((frame.Done & bit) == UInt128.Zero && !(frame.AfterCrashed && step.Blind) && model.TryStep(frame.State, step, out long next))
                return Enter(frame.Level, frame.Done | bit, next, frame.Used, afterCrashed: false);
        }

        while (frame.Next - open.Length < plan.Crashed.Length)
        {
            int place = frame.Next++ - open.Length;
            if (MayUse(place, frame, out long next))
                return Enter(frame.Level, frame.Done, next, SearchMoves<TModel>.With(frame.Used, place), afterCrashed: true);
        }

        _depth--;
        return false;
    }

    private bool MayUse(int place, in Frame frame, out long next)
    {
        next = frame.State;
        return !(frame.AfterCrashed && plan.Crashed[place].Step.Blind)
            && _moves.MayUse(place, frame.Level, frame.State, frame.Used, out next);
    }

    private void Remember(int level, long state)
    {
        if (level > DeepestLevel)
        {
            DeepestLevel = level;
            _deepestStates.Clear();
        }

        if (level == DeepestLevel)
            _deepestStates.Add(state);
    }

    private struct Frame(int level, UInt128 done, long state, int[] used, bool afterCrashed)
    {
        public readonly int Level = level;
        public readonly UInt128 Done = done;
        public readonly long State = state;
        public readonly int[] Used = used;
        public readonly bool AfterCrashed = afterCrashed;
        public int Next;
    }
}
