using Harness.Checks.Cache;
using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Convergence;

/// <summary>On how many entities the system disagreed with itself, moment by moment, as its clients saw it.</summary>
/// <remarks>
/// <para>A read that got less than was known before it began shows that a copy lagged; that copy is taken to have lagged ever since the
/// newer version was first known. Times of one entity that overlap are one time. O(n log n).</para>
/// <para>Only what was read is known: an entity that nobody reads disagrees unseen.</para>
/// </remarks>
public sealed class Divergence
{
    private readonly Dictionary<string, TimeSpan> _lastReads = new(StringComparer.Ordinal);
    private readonly List<Disagreement> _disagreements = [];

    private Divergence()
    {
    }

    /// <summary>In the order of their beginning.</summary>
    public IReadOnlyList<Disagreement> Disagreements => _disagreements;

    /// <summary>When the last read of a version began; null when there was none.</summary>
    public TimeSpan? LastRead => _lastReads.Count == 0 ? null : _lastReads.Values.Max();

    /// <summary>The most entities that disagreed at one moment.</summary>
    public int Peak { get; private set; }

    /// <summary>How long, all entities added up: two that disagreed for 3 s each make 6 s.</summary>
    public TimeSpan EntityTime => _disagreements.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Length);

    /// <param name="history">In any order; what is neither a versioned read nor a versioned write is passed over.</param>
    public static Divergence Of(IReadOnlyList<Operation> history)
    {
        var divergence = new Divergence();
        foreach (IGrouping<string, SessionStep> entity in history.Select(o => SessionStep.Of(o)).OfType<SessionStep>().GroupBy(s => s.Source.Key))
            divergence.Add(entity.Key, [.. entity]);

        divergence._disagreements.Sort((a, b) => a.From.CompareTo(b.From));
        divergence.Peak = divergence.FindPeak();
        return divergence;
    }

    /// <summary>Of every entity that was read after a healing, how long it took to agree.</summary>
    public IReadOnlyList<EntityConvergence> After(TimeSpan healed)
    {
        Dictionary<string, TimeSpan> last = _disagreements.GroupBy(d => d.Key).ToDictionary(d => d.Key, d => d.Max(one => one.Until));
        return [.. _lastReads.Where(read => read.Value >= healed).Select(read => new EntityConvergence(
            read.Key,
            last.TryGetValue(read.Key, out TimeSpan until) && until > healed ? until - healed : TimeSpan.Zero))];
    }

    /// <summary>The count at regular moments, from the start of the run to the last read.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="every"/> is not positive.</exception>
    public IReadOnlyList<(TimeSpan At, int Entities)> Sampled(TimeSpan every)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero);
        if (LastRead is not { } end)
            return [];

        // Each disagreement raises the count at the first sample inside it and lowers it at the first one after it.
        var change = new int[(end.Ticks / every.Ticks) + 2];
        foreach (Disagreement one in _disagreements)
        {
            change[SampleAtOrAfter(one.From, every)]++;
            change[SampleAtOrAfter(one.Until, every)]--;
        }

        int entities = 0;
        return [.. change.SkipLast(1).Select((by, i) => (every * i, entities += by))];
    }

    private static long SampleAtOrAfter(TimeSpan time, TimeSpan every) => (time.Ticks + every.Ticks - 1) / every.Ticks;

    private void Add(string key, SessionStep[] steps)
    {
        SessionStep[] reads = [.. steps.Where(s => !s.IsWrite).OrderBy(s => s.Source.Invoked)];
        if (reads.Length == 0)
            return;

        _lastReads[key] = reads[^1].Source.Invoked;
        var known = new KnownVersions(steps);
        var stale = reads
            .Where(read => known.NewestBefore(read.Source.Invoked) > read.Version)
            .Select(read => new Disagreement(key, known.FirstAbove(read.Version), read.Source.Invoked, read.Source))
            .OrderBy(one => one.From);

        Disagreement? open = null;
        foreach (Disagreement next in stale)
        {
            if (open is { } before && next.From <= before.Until)
            {
                open = next.Until > before.Until ? before with { Until = next.Until, LastRead = next.LastRead } : before;
                continue;
            }

            if (open is { } whole)
                _disagreements.Add(whole);
            open = next;
        }

        if (open is { } last)
            _disagreements.Add(last);
    }

    private int FindPeak()
    {
        // At one moment an end comes before a beginning: disagreements that only touch are not two at once.
        var changes = _disagreements.SelectMany(d => new[] { (At: d.From, By: 1), (At: d.Until, By: -1) }).OrderBy(c => c.At).ThenBy(c => c.By);
        int now = 0, peak = 0;
        foreach ((_, int by) in changes)
            peak = Math.Max(peak, now += by);
        return peak;
    }
}
