using System.Text.Json.Serialization;
using Harness.Checks.Cache;
using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>Everything that was measured of one mode, its runs together.</summary>
public sealed record ModeScore
{
    /// <summary>Its name, <c>strong</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Its switches of the order system.</summary>
    public required IReadOnlyDictionary<string, string> Switches { get; init; }

    /// <summary>Its records, in the order of rounds.</summary>
    public required IReadOnlyList<string> Runs { get; init; }

    /// <summary>Why nothing is proven of it; empty when something is.</summary>
    public required IReadOnlyList<string> Invalid { get; init; }

    /// <summary>Every side, reads and writes apart.</summary>
    public required IReadOnlyList<AvailabilityMeasure> Sides { get; init; }

    /// <summary>All requests together, in N.</summary>
    public required ShareEstimate AvailableNormal { get; init; }

    /// <summary>All requests together, in P.</summary>
    public required ShareEstimate AvailablePartition { get; init; }

    public required ErrorShares Errors { get; init; }

    public required IndeterminateResolution Indeterminate { get; init; }

    /// <summary>Ok answers in P that were full and fresh: no stale read, and no order whose end its client had not seen within the deadline.</summary>
    public required ShareEstimate Harvest { get; init; }

    /// <summary>Of each run; null where nothing was refused and no breaker opened.</summary>
    public required IReadOnlyList<TimeSpan?> Detected { get; init; }

    /// <summary>In N.</summary>
    public required ConsistencyMeasure Normal { get; init; }

    /// <summary>From the cut to the end of the load: what a cut does to data is often seen only when it is healed.</summary>
    public required ConsistencyMeasure Partition { get; init; }

    public required InvariantMeasure Invariants { get; init; }

    /// <summary>How long reads and writes took, by phase.</summary>
    public required IReadOnlyList<LatencyMeasure> Latency { get; init; }

    public required ConvergenceMeasure Convergence { get; init; }

    /// <summary>Broken promises: session guarantees from the cut on, and invariants of the audit, of everything that could have broken one.</summary>
    public ShareEstimate Violations => ShareEstimate.Of(
        Partition.SessionViolations.Hits + Invariants.Broken.Hits, Partition.SessionViolations.Count + Invariants.Broken.Count);

    /// <summary>Ok reads of N, a block a second, for comparing with another mode.</summary>
    [JsonIgnore]
    public IReadOnlyList<TimeSpan[]> ReadBlocks { get; init; } = [];

    /// <param name="mode">Its name.</param>
    /// <param name="switches">What makes it.</param>
    /// <param name="runs">At least one, in the order of rounds.</param>
    public static ModeScore Of(string mode, IReadOnlyDictionary<string, string> switches, IReadOnlyList<PacelcRun> runs)
    {
        (PacelcRun Run, IReadOnlyList<Request> Requests)[] asked = [.. runs.Select(run => (run, Request.Of(run.History)))];
        return new ModeScore
        {
            Mode = mode,
            Switches = switches,
            Runs = [.. runs.Select(run => run.Id)],
            Invalid = [.. runs.SelectMany(run => run.Invalid.Select(why => $"{run.Id}: {why}"))],
            Sides = AvailabilityMeasure.Of(asked),
            AvailableNormal = AvailabilityMeasure.Share(asked, Phase.Baseline, _ => true, request => request.IsOk),
            AvailablePartition = AvailabilityMeasure.Share(asked, Phase.Fault, _ => true, request => request.IsOk),
            Errors = ErrorShares.Of(asked),
            Indeterminate = IndeterminateResolution.Of(asked),
            Harvest = HarvestOf(asked),
            Detected = [.. runs.Select(Detection.Of)],
            Normal = ConsistencyMeasure.Of(runs, run => run.Normal),
            Partition = ConsistencyMeasure.Of(runs, run => new TimeWindow(run.Partition.From, run.Healing.Until)),
            Invariants = InvariantMeasure.Of(runs),
            Latency = LatencyMeasure.Of(asked),
            Convergence = ConvergenceMeasure.Of(asked),
            ReadBlocks = LatencyDifference.Blocks(asked),
        };
    }

    private static ShareEstimate HarvestOf(IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs)
    {
        long full = 0, ok = 0;
        foreach ((PacelcRun run, IReadOnlyList<Request> requests) in runs)
        {
            HashSet<(string Key, TimeSpan At)> stale =
                [.. Staleness.Reads(run.History).Where(one => one.IsStale).Select(one => (one.Read.Key, one.Read.Invoked))];
            Dictionary<string, TimeSpan> ended = run.History
                .Where(one => one is { Kind: "read-order", Value: "CONFIRMED" or "CANCELLED", Completed: not null })
                .GroupBy(one => one.Key)
                .ToDictionary(order => order.Key, order => order.Min(one => one.Completed!.Value));
            foreach (Request request in requests.Where(one => one.IsOk && run.Partition.Has(one.Invoked)))
            {
                ok++;
                bool isFull = request.Kind.Name switch
                {
                    "place-order" => request.Value is { } id && ended.TryGetValue(id, out TimeSpan at) && at - request.Invoked <= request.Kind.Deadline,
                    "read-product" => !stale.Contains((request.Key, request.Invoked)),
                    _ => true,
                };
                full += isFull ? 1 : 0;
            }
        }

        return ShareEstimate.Of(full, ok);
    }
}
