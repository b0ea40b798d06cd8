namespace Harness.Checks.Linearizability;

/// <summary>Lays a history out for the search.</summary>
internal static class SearchPlanner
{
    private const int MaxOpenEntries = 64 * 1024 * 1024;

    /// <param name="history">In any order.</param>
    /// <returns>Null when more is open at once than a search can hold.</returns>
    /// <remarks>A return and an invocation at the same time are taken as concurrent, which accuses nobody wrongly.</remarks>
    public static SearchPlan? Plan(IReadOnlyList<TimedStep> history)
    {
        TimedStep[] steps = [.. history.Where(s => s.Returned is not null).OrderBy(s => s.Invoked)];
        int[] returning = [.. Enumerable.Range(0, steps.Length).OrderBy(i => steps[i].Returned)];
        byte[] slot = new byte[steps.Length];
        int[] openFrom = new int[steps.Length + 1];
        var openEntries = new List<int>(steps.Length * 4);
        var open = new List<int>();
        UInt128 free = UInt128.MaxValue;
        int next = 0;
        for (int level = 0; level < returning.Length; level++)
        {
            for (; next < steps.Length && steps[next].Invoked <= steps[returning[level]].Returned; next++)
            {
                if (free == UInt128.Zero)
                    return null;

                slot[next] = (byte)(int)UInt128.TrailingZeroCount(free);
                free &= free - UInt128.One;
                open.Add(next);
            }

            openFrom[level] = openEntries.Count;
            openEntries.AddRange(open);
            if (openEntries.Count > MaxOpenEntries)
                return null;

            open.Remove(returning[level]);
            free |= UInt128.One << slot[returning[level]];
        }

        openFrom[^1] = openEntries.Count;
        TimeSpan[] returns = [.. returning.Select(i => steps[i].Returned!.Value)];
        return new SearchPlan
        {
            Steps = steps,
            Step = [.. steps.Select(s => s.Step)],
            Slot = slot,
            Returning = returning,
            OpenFrom = openFrom,
            Open = [.. openEntries],
            Crashed = [.. CrashedKinds(history, steps, returns)],
        };
    }

    private static IEnumerable<CrashedKind> CrashedKinds(IReadOnlyList<TimedStep> history, TimedStep[] steps, TimeSpan[] returns)
    {
        TimedStep[] crashed = [.. history.Where(s => s.Returned is null && !s.Step.ReadOnly)];
        var seen = new LastSeen(steps, crashed, returns);
        return crashed
            .GroupBy(s => s.Step)
            .Select(kind => new CrashedKind(
                kind.Key,
                [.. kind.Select(s => LevelOf(s.Invoked, returns)).Where(level => level < returns.Length).Order()],
                seen.LevelOf(kind.Key)))
            .Where(kind => kind.AvailableFrom.Length > 0 && kind.UsefulUntil >= kind.AvailableFrom[0])
            .OrderBy(kind => kind.AvailableFrom[0]);
    }

    /// <summary>The first level at which something invoked then is open: the number of returns before it.</summary>
    public static int LevelOf(TimeSpan invoked, TimeSpan[] returns)
    {
        int low = 0, high = returns.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (returns[middle] < invoked)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
