using Harness.Checks.Cache;
using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>What clients saw that they should not have seen, in a part of the runs.</summary>
/// <param name="Stale">Reads that showed less than was known when they began, of all ok reads.</param>
/// <param name="LagP50">Of the stale reads: for how long a newer version had been known.</param>
/// <param name="LagP99">The same.</param>
/// <param name="LagMax">The same.</param>
/// <param name="LagP99OfAll">Of all reads, fresh ones lagging zero.</param>
/// <param name="LagVersionsP99">Of the stale reads.</param>
/// <param name="Sessions">The four session guarantees.</param>
/// <param name="Linearizability">Entities whose reads and writes could all have happened one at a time.</param>
/// <param name="Visibility">How soon writes were seen.</param>
public sealed record ConsistencyMeasure(
    ShareEstimate Stale,
    TimeSpan LagP50,
    TimeSpan LagP99,
    TimeSpan LagMax,
    TimeSpan LagP99OfAll,
    long LagVersionsP99,
    IReadOnlyList<GuaranteeShare> Sessions,
    KeyCounts Linearizability,
    VisibilityCurve Visibility)
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);

    /// <param name="runs">All of one mode.</param>
    /// <param name="window">The part of a run that counts; what was known before it is known in it.</param>
    public static ConsistencyMeasure Of(IReadOnlyList<PacelcRun> runs, Func<PacelcRun, TimeWindow> window)
    {
        var reads = new List<ComparedRead>();
        var blocks = new List<(long Hits, long Count)>();
        foreach (PacelcRun run in runs)
        {
            ComparedRead[] counted = [.. Staleness.Reads(run.History).Where(one => window(run).Has(one.Read.Invoked))];
            reads.AddRange(counted);
            blocks.AddRange(counted.GroupBy(one => one.Read.Invoked.Ticks / Block.Ticks)
                .Select(second => (second.LongCount(one => one.IsStale), second.LongCount())));
        }

        StalenessMeasure lag = Staleness.Of(reads);
        TimeSpan[] all = [.. reads.Select(one => one.Lag).Order()];
        return new ConsistencyMeasure(
            ShareEstimate.Of(blocks),
            lag.LagP50,
            lag.LagP99,
            lag.LagMax,
            all.Length == 0 ? TimeSpan.Zero : all[(int)Math.Ceiling(0.99m * all.Length) - 1],
            lag.LagVersionsP99,
            SessionsOf(runs, window),
            KeyCounts.Of(runs, window),
            VisibilityCurve.Of(runs.Select(run => (run.History, (Func<Operation, bool>)(one => window(run).Has(one.Invoked))))));
    }

    /// <summary>All session guarantees together.</summary>
    public ShareEstimate SessionViolations => ShareEstimate.Of(Sessions.Sum(one => one.Broken.Hits), Sessions.Sum(one => one.Broken.Count));

    private static GuaranteeShare[] SessionsOf(IReadOnlyList<PacelcRun> runs, Func<PacelcRun, TimeWindow> window) =>
    [
        .. runs.SelectMany(run => SessionGuarantees.Of(run.History, one => window(run).Has(one.Invoked)))
            .GroupBy(guarantee => guarantee.Name)
            .Select(name => new GuaranteeShare(name.Key, ShareEstimate.Of(name.Sum(one => one.Violations), name.Sum(one => one.Eligible)))),
    ];
}

/// <summary>How often a session guarantee was broken.</summary>
/// <param name="Name"><c>read-your-writes</c> and so on.</param>
/// <param name="Broken">Operations that broke it, of those that could.</param>
public sealed record GuaranteeShare(string Name, ShareEstimate Broken)
{
    /// <summary>How many of 10,000 were broken.</summary>
    public double Per10000 => Broken.Ratio * 10_000;
}
