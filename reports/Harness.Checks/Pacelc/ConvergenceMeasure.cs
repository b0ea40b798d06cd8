using Harness.Checks.Convergence;
using Harness.Records;

namespace Harness.Checks.Pacelc;

/// <summary>How the system came together again after the cut was healed.</summary>
/// <param name="EntityP50">Of every entity that was read afterwards: from the healing to its last disagreement. Null when nothing was read.</param>
/// <param name="EntityP99">The same; of all runs together.</param>
/// <param name="EntityMax">The same.</param>
/// <param name="Systems">Of each run, from the healing until everything agreed, was at rest and stayed so; null where that was not seen.</param>
/// <param name="NotConverged">Why, in words, of each run in which it was not seen.</param>
/// <param name="LatencyBack">Of each run, from the healing to the first second from which on reads were as fast as before; null where they were not.</param>
/// <param name="DivergencePeak">The most entities that disagreed at once, in any run.</param>
/// <param name="DivergenceTime">All entities and runs added up.</param>
public sealed record ConvergenceMeasure(
    TimeSpan? EntityP50,
    TimeSpan? EntityP99,
    TimeSpan? EntityMax,
    IReadOnlyList<TimeSpan?> Systems,
    IReadOnlyList<string> NotConverged,
    IReadOnlyList<TimeSpan?> LatencyBack,
    int DivergencePeak,
    TimeSpan DivergenceTime)
{
    private const double BackWithin = 1.1;
    private const int BackSeconds = 5;

    public static ConvergenceMeasure Of(IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs)
    {
        Divergence[] divergences = [.. runs.Select(one => Divergence.Of(one.Run.History))];
        TimeSpan[] entities = [.. runs.Zip(divergences).SelectMany(pair => pair.Second.After(pair.First.Run.Healed)).Select(entity => entity.Took).Order()];
        TimeSpan? At(decimal quantile) => entities.Length == 0 ? null : entities[(int)Math.Ceiling(quantile * entities.Length) - 1];
        return new ConvergenceMeasure(
            At(0.5m),
            At(0.99m),
            At(1),
            [.. runs.Select(one => SystemOf(one.Run))],
            [.. runs.Where(one => SystemOf(one.Run) is null).Select(one => one.Run.Convergence?.Summary ?? "It was not asked.")],
            [.. runs.Select(one => LatencyBackOf(one.Run, one.Requests))],
            divergences.Select(one => one.Peak).DefaultIfEmpty().Max(),
            divergences.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.EntityTime));
    }

    private static TimeSpan? SystemOf(PacelcRun run) =>
        run.Convergence is { Verdict: Verdict.Pass } found && found.Numbers.TryGetValue("systemSeconds", out double seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private static TimeSpan? LatencyBackOf(PacelcRun run, IReadOnlyList<Request> requests)
    {
        Request[] reads = [.. requests.Where(one => one.Kind.IsRead && one.IsOk)];
        if (P99(reads.Where(one => run.Normal.Has(one.Invoked))) is not { } normal)
            return null;
        ILookup<long, Request> seconds = reads.Where(one => run.Healing.Has(one.Invoked))
            .ToLookup(one => (one.Invoked - run.Healing.From).Ticks / TimeSpan.TicksPerSecond);
        long last = seconds.Select(second => second.Key).DefaultIfEmpty(-1).Max();
        int good = 0;
        for (long second = 0; second <= last; second++)
        {
            good = P99(seconds[second]) <= normal * BackWithin ? good + 1 : 0;
            if (good == BackSeconds)
                return TimeSpan.FromSeconds(second - BackSeconds + 1);
        }

        return null;
    }

    // The largest of fewer than a hundred is the best there is: stricter, never laxer.
    private static TimeSpan? P99(IEnumerable<Request> requests)
    {
        TimeSpan[] ascending = [.. requests.Select(one => one.Took!.Value).Order()];
        return ascending.Length == 0 ? null : ascending[(int)Math.Ceiling(0.99m * ascending.Length) - 1];
    }
}
