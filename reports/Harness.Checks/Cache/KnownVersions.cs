using Harness.Checks.Sessions;

namespace Harness.Checks.Cache;

/// <summary>What was known of one entity, and since when.</summary>
internal sealed class KnownVersions
{
    private readonly TimeSpan[] _at;
    private readonly long[] _newest;

    public KnownVersions(IEnumerable<SessionStep> steps)
    {
        SessionStep[] answers = [.. steps.Where(s => s.Source.Completed is not null).OrderBy(s => s.Source.Completed)];
        _at = [.. answers.Select(s => s.Source.Completed!.Value)];
        _newest = new long[answers.Length];
        long newest = long.MinValue;
        for (int i = 0; i < answers.Length; i++)
            _newest[i] = newest = Math.Max(newest, answers[i].Version);
    }

    /// <summary>Null when nothing was known then.</summary>
    public long? NewestBefore(TimeSpan time)
    {
        int answers = First(i => _at[i] >= time);
        return answers == 0 ? null : _newest[answers - 1];
    }

    /// <summary>When a version above this one was first known. There must be one.</summary>
    public TimeSpan FirstAbove(long version) => _at[First(i => _newest[i] > version)];

    private int First(Func<int, bool> holds)
    {
        int low = 0, high = _at.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (holds(middle))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
