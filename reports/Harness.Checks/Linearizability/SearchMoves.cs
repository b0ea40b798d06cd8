namespace Harness.Checks.Linearizability;

/// <summary>What can happen next at a place in the search, whichever way the search goes.</summary>
internal readonly struct SearchMoves<TModel>(SearchPlan plan, TModel model)
    where TModel : struct, ISequentialModel
{
    /// <summary>Lets everything happen that is legal now and can never change the state.</summary>
    /// <returns>Whether anything did.</returns>
    public bool DoReadOnly(int level, ref UInt128 done, long state)
    {
        bool any = false;
        foreach (int place in plan.OpenAt(level))
        {
            Step step = plan.Step[place];
            if (!step.ReadOnly || (done >> plan.Slot[place] & UInt128.One) != UInt128.Zero || !model.TryStep(state, step, out _))
                continue;

            done |= UInt128.One << plan.Slot[place];
            any = true;
        }

        return any;
    }

    public bool TryStep(long state, in Step step, out long next) => model.TryStep(state, step, out next);

    /// <summary>Whether a crashed step may happen here and would change anything that can still be seen.</summary>
    /// <param name="place">Which kind of crashed step.</param>
    /// <param name="level">Where the search is.</param>
    /// <param name="state">The state there.</param>
    /// <param name="used">The kinds used so far.</param>
    /// <param name="next">The state after it.</param>
    public bool MayUse(int place, int level, long state, int[] used, out long next)
    {
        CrashedKind kind = plan.Crashed[place];
        next = state;
        return kind.AvailableFrom[0] <= level && level <= kind.UsefulUntil
            && model.TryStep(state, kind.Step, out next) && next != state
            && used.Count(place) < kind.Available(level);
    }

    /// <summary>The kinds used so far and one more, ascending.</summary>
    public static int[] With(int[] used, int place)
    {
        int at = 0;
        while (at < used.Length && used[at] <= place)
            at++;
        return [.. used.AsSpan(0, at), place, .. used.AsSpan(at)];
    }
}
