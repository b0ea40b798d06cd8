using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>How likely a read sees a write, by the time that has gone by since the write was acknowledged.</summary>
/// <param name="Points">By rising time; those of which nothing was read are left out.</param>
/// <param name="At99">The time from which on every point shows at least 99 %; null when the last does not.</param>
/// <param name="At999">The same for 99.9 %.</param>
/// <remarks>The t-visibility of Bailis et al. 2012 (probabilistically bounded staleness). Pairs more than <see cref="Horizon"/> apart are not looked at,
/// which bounds the work by reads × writes of an entity within it.</remarks>
public sealed record VisibilityCurve(IReadOnlyList<VisibilityPoint> Points, TimeSpan? At99, TimeSpan? At999)
{
    /// <summary>The last bucket ends here.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromSeconds(20);

    // Ends of the buckets; 1, 2 and 5 in every decade.
    private static readonly TimeSpan[] Ends =
        [.. new[] { 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000 }.Select(ms => TimeSpan.FromMilliseconds(ms))];

    /// <param name="histories">One a run.</param>
    public static VisibilityCurve Of(IEnumerable<(IReadOnlyList<Operation> History, Func<Operation, bool> Counted)> histories)
    {
        var seen = new (long Seen, long Pairs)[Ends.Length];
        foreach ((IReadOnlyList<Operation> history, Func<Operation, bool> counted) in histories)
        {
            foreach (IGrouping<string, SessionStep> entity in VersionedSteps.Of(history).GroupBy(step => step.Source.Key))
                Count(entity, counted, seen);
        }

        VisibilityPoint[] points =
            [.. seen.Select((count, i) => new VisibilityPoint(Ends[i], ShareEstimate.Of(count.Seen, count.Pairs))).Where(point => point.Seen.Count > 0)];
        return new VisibilityCurve(points, From(points, 0.99), From(points, 0.999));
    }

    private static void Count(IEnumerable<SessionStep> entity, Func<Operation, bool> counted, (long Seen, long Pairs)[] seen)
    {
        SessionStep[] writes = [.. entity.Where(step => step.IsWrite && step.Source.Completed is not null).OrderBy(step => step.Source.Completed)];
        int from = 0;
        foreach (SessionStep read in entity.Where(step => !step.IsWrite && counted(step.Source)).OrderBy(step => step.Source.Invoked))
        {
            while (from < writes.Length && read.Source.Invoked - writes[from].Source.Completed >= Horizon)
                from++;
            for (int i = from; i < writes.Length && writes[i].Source.Completed < read.Source.Invoked; i++)
            {
                ref (long Seen, long Pairs) bucket = ref seen[Bucket(read.Source.Invoked - writes[i].Source.Completed!.Value)];
                bucket.Pairs++;
                bucket.Seen += read.Version >= writes[i].Version ? 1 : 0;
            }
        }
    }

    private static int Bucket(TimeSpan after)
    {
        int place = Array.BinarySearch(Ends, after);
        return place >= 0 ? Math.Min(place + 1, Ends.Length - 1) : ~place;
    }

    private static TimeSpan? From(VisibilityPoint[] points, double share)
    {
        int from = points.Length;
        while (from > 0 && points[from - 1].Seen.Ratio >= share)
            from--;
        return from == points.Length ? null : from == 0 ? TimeSpan.Zero : points[from - 1].Until;
    }
}

/// <summary>A point of the curve.</summary>
/// <param name="Until">Reads that began sooner than this after the acknowledgement, and not sooner than the point before.</param>
/// <param name="Seen">Of these, those that saw the write or a newer one.</param>
public sealed record VisibilityPoint(TimeSpan Until, ShareEstimate Seen);
