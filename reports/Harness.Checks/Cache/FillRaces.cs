using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Cache;

/// <summary>A version that came back: somebody had been shown a newer one before.</summary>
/// <param name="Newer">Who had seen the newer version.</param>
/// <param name="Older">Who saw the older one afterwards, the first of them.</param>
/// <param name="Reads">How many saw it.</param>
public sealed record FillRace(Operation Newer, Operation Older, long Reads);

/// <summary>Finds fills that put an older version back: one that had read the database before a change and stored its copy after the change
/// had dropped the one before.</summary>
/// <remarks>Reads show it when the newer version was shown in between. A read that went past the cache shows it too, so count those apart.
/// O(n log n).</remarks>
public static class FillRaces
{
    /// <param name="history">In any order; what reads no version is passed over.</param>
    /// <returns>One for each entity and version that came back, in the order of their first read.</returns>
    public static IReadOnlyList<FillRace> Of(IReadOnlyList<Operation> history) => Of(VersionedSteps.Of(history));

    /// <param name="steps">In the order of invocation.</param>
    internal static IReadOnlyList<FillRace> Of(SessionStep[] steps)
    {
        var found = new List<FillRace>();
        foreach (var entity in steps.Where(s => !s.IsWrite).GroupBy(s => s.Source.Key))
        {
            SessionStep[] asked = [.. entity.Where(s => s.Source.Completed is not null)];
            found.AddRange(Back(asked, [.. asked.OrderBy(s => s.Source.Completed)]));
        }

        return [.. found.OrderBy(race => race.Older.Invoked)];
    }

    private static Dictionary<long, FillRace>.ValueCollection Back(SessionStep[] asked, SessionStep[] shown)
    {
        var races = new Dictionary<long, FillRace>();
        SessionStep? newest = null;
        int next = 0;
        foreach (SessionStep read in asked)
        {
            for (; next < shown.Length && shown[next].Source.Completed < read.Source.Invoked; next++)
                newest = newest is null || shown[next].Version > newest.Value.Version ? shown[next] : newest;
            if (newest is not { } seen || seen.Version <= read.Version)
                continue;

            races[read.Version] = races.TryGetValue(read.Version, out FillRace? known)
                ? known with { Reads = known.Reads + 1 }
                : new FillRace(seen.Source, read.Source, 1);
        }

        return races.Values;
    }
}
