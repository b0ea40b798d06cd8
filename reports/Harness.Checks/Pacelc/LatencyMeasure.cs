using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>How long requests of one kind took in one phase.</summary>
/// <param name="Kind">As the history calls it.</param>
/// <param name="Phase">In which they were sent.</param>
/// <param name="Ok">Of those that were answered ok in time.</param>
/// <param name="All">Of all: one that was not answered ok counts as its whole deadline, as does one that was never sent.</param>
public sealed record LatencyMeasure(string Kind, Phase Phase, LatencyQuantiles Ok, LatencyQuantiles All)
{
    /// <summary>In N and in P.</summary>
    public static IReadOnlyList<LatencyMeasure> Of(IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs) =>
    [
        .. RequestKind.All.SelectMany(kind => new[] { Phase.Baseline, Phase.Fault }.Select(phase => Of(kind, phase, runs))).Where(one => one.All.Count > 0),
    ];

    private static LatencyMeasure Of(RequestKind kind, Phase phase, IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs)
    {
        var ok = new List<TimeSpan>();
        long failed = 0;
        foreach ((PacelcRun run, IReadOnlyList<Request> requests) in runs)
        {
            TimeWindow window = phase == Phase.Baseline ? run.Normal : run.Partition;
            foreach (Request request in requests.Where(one => one.Kind.Name == kind.Name && window.Has(one.Invoked)))
            {
                if (request.IsOk)
                    ok.Add(request.Took!.Value);
                else
                    failed++;
            }

            failed += run.NotSent.GetValueOrDefault((kind.Name, phase));
        }

        return new LatencyMeasure(
            kind.Name, phase, LatencyQuantiles.Of([.. ok.Order()]), LatencyQuantiles.Of([.. ok.Order(), .. Enumerable.Repeat(kind.Deadline, (int)failed)]));
    }
}

/// <summary>A distribution in three numbers, by nearest rank.</summary>
/// <param name="Count">How many values.</param>
/// <param name="P50">Null when there is none.</param>
/// <param name="P99">Null, as <paramref name="P999"/>, where fewer than one value lies above it.</param>
/// <param name="P999">The 99.9th percentile.</param>
public sealed record LatencyQuantiles(long Count, TimeSpan? P50, TimeSpan? P99, TimeSpan? P999)
{
    /// <summary>What the 99th percentile could as well be, at 95 %; null where the values do not reach so far.</summary>
    public TimeSpan? P99Lower { get; init; }

    /// <inheritdoc cref="P99Lower"/>
    public TimeSpan? P99Upper { get; init; }

    /// <param name="ascending">Sorted.</param>
    public static LatencyQuantiles Of(TimeSpan[] ascending)
    {
        // The ranks that enclose a quantile; normal approximation of order statistics, Hahn and Meeker 1991, 5.2.
        double middle = 0.99 * ascending.Length, half = 1.96 * Math.Sqrt(middle * 0.01);
        int lower = (int)Math.Floor(middle - half), upper = (int)Math.Ceiling(middle + half) + 1;
        return new LatencyQuantiles(ascending.Length, At(ascending, 0.5m), At(ascending, 0.99m), At(ascending, 0.999m))
        {
            P99Lower = lower >= 1 ? ascending[lower - 1] : null,
            P99Upper = ascending.Length > 0 && upper <= ascending.Length ? ascending[upper - 1] : null,
        };
    }

    /// <returns>Null where fewer than one value lies above the quantile.</returns>
    public static TimeSpan? At(TimeSpan[] ascending, decimal quantile) =>
        ascending.Length * (1 - quantile) < 1 ? null : ascending[(int)Math.Ceiling(quantile * ascending.Length) - 1];
}
