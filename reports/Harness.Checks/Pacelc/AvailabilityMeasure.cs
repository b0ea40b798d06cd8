using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>How available one side was for reads or for writes.</summary>
/// <param name="Side">The service at which the requests enter.</param>
/// <param name="IsRead">Reads, or writes.</param>
/// <param name="Normal">Answered ok in N, of all that were due there.</param>
/// <param name="Partition">The same in P.</param>
/// <param name="FirstTry">The same in P without the client's second tries.</param>
/// <param name="TriesPerRequest">In P; 0 when nothing was sent.</param>
/// <param name="Downtime">Of all runs together: tenths of a second from the cut to the end of the load in which less than half was answered ok.</param>
public sealed record AvailabilityMeasure(
    string Side, bool IsRead, ShareEstimate Normal, ShareEstimate Partition, ShareEstimate FirstTry, double TriesPerRequest, TimeSpan Downtime)
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Bin = TimeSpan.FromMilliseconds(100);

    /// <summary>Every side, reads and writes apart.</summary>
    public static IReadOnlyList<AvailabilityMeasure> Of(IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs) =>
    [
        .. runs.SelectMany(run => run.Requests).Select(request => (request.Kind.Side, request.Kind.IsRead)).Distinct()
            .OrderByDescending(side => side.Side, StringComparer.Ordinal).ThenBy(side => side.IsRead)
            .Select(side => Of(side.Side, side.IsRead, runs)),
    ];

    /// <summary>The requests of a window that hold, second by second; what was never sent counts, and does not hold.</summary>
    public static ShareEstimate Share(
        IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs,
        Phase phase, Func<RequestKind, bool> kinds, Func<Request, bool> holds)
    {
        var blocks = new List<(long Hits, long Count)>();
        foreach ((PacelcRun run, IReadOnlyList<Request> requests) in runs)
        {
            TimeWindow window = phase == Phase.Baseline ? run.Normal : run.Partition;
            blocks.AddRange(requests.Where(request => window.Has(request.Invoked) && kinds(request.Kind))
                .GroupBy(request => (request.Invoked - window.From).Ticks / Block.Ticks)
                .Select(second => (second.LongCount(holds), second.LongCount())));
            long notSent = RequestKind.All.Where(kinds).Sum(kind => run.NotSent.GetValueOrDefault((kind.Name, phase)));
            if (notSent > 0)
                blocks.Add((0, notSent));
        }

        return ShareEstimate.Of(blocks);
    }

    private static AvailabilityMeasure Of(string side, bool isRead, IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs)
    {
        bool Kinds(RequestKind kind) => kind.Side == side && kind.IsRead == isRead;
        Request[] cut = [.. runs.SelectMany(one => one.Requests.Where(request => Kinds(request.Kind) && one.Run.Partition.Has(request.Invoked)))];
        return new AvailabilityMeasure(
            side,
            isRead,
            Share(runs, Phase.Baseline, Kinds, request => request.IsOk),
            Share(runs, Phase.Fault, Kinds, request => request.IsOk),
            Share(runs, Phase.Fault, Kinds, request => request.FirstTryOk),
            cut.Length == 0 ? 0 : cut.Average(request => request.Tries),
            runs.Select(one => DowntimeOf(one.Run, one.Requests.Where(request => Kinds(request.Kind)))).Aggregate(TimeSpan.Zero, (sum, next) => sum + next));
    }

    private static TimeSpan DowntimeOf(PacelcRun run, IEnumerable<Request> requests)
    {
        var window = new TimeWindow(run.Partition.From, run.Healing.Until);
        return Bin * requests.Where(request => window.Has(request.Invoked))
            .GroupBy(request => (request.Invoked - window.From).Ticks / Bin.Ticks)
            .Count(bin => 2 * bin.Count(request => request.IsOk) < bin.Count());
    }
}
