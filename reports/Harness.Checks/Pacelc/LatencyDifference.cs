namespace Harness.Checks.Pacelc;

/// <summary>How much slower one mode reads than another when nothing is wrong, with its doubt.</summary>
/// <remarks>Both were given the same arrivals, so seconds of the two are drawn in pairs (block bootstrap, 500 draws from a fixed seed):
/// a second in which the machine was slow for everybody counts for both or for neither.</remarks>
public static class LatencyDifference
{
    private const int Resamples = 500;

    /// <returns>Milliseconds; null when a mode has too few reads for the quantile.</returns>
    /// <param name="slower">Ok reads of one mode: of each run, the latencies second by second.</param>
    /// <param name="faster">Of the other, in the same order of rounds.</param>
    /// <param name="quantile">A ratio in (0, 1).</param>
    public static Difference? Of(IReadOnlyList<TimeSpan[]> slower, IReadOnlyList<TimeSpan[]> faster, decimal quantile)
    {
        int blocks = Math.Min(slower.Count, faster.Count);
        if (At(slower, quantile) is not { } a || At(faster, quantile) is not { } b || blocks == 0)
            return null;
        var random = new Random(blocks);
        var draws = new List<double>();
        for (int draw = 0; draw < Resamples; draw++)
        {
            int[] drawn = [.. Enumerable.Range(0, blocks).Select(_ => random.Next(blocks))];
            if (At([.. drawn.Select(i => slower[i])], quantile) is { } x && At([.. drawn.Select(i => faster[i])], quantile) is { } y)
                draws.Add((x - y).TotalMilliseconds);
        }

        if (draws.Count == 0)
            return null;
        draws.Sort();
        double Rank(double share) => draws[Math.Max(0, (int)Math.Ceiling(share * draws.Count) - 1)];
        double estimate = (a - b).TotalMilliseconds;
        return new Difference(estimate, Math.Min(estimate, Rank(0.025)), Math.Max(estimate, Rank(0.975)));
    }

    /// <summary>The ok reads of N, a block a second.</summary>
    public static IReadOnlyList<TimeSpan[]> Blocks(IReadOnlyList<(PacelcRun Run, IReadOnlyList<Request> Requests)> runs)
    {
        var blocks = new List<TimeSpan[]>();
        foreach ((PacelcRun run, IReadOnlyList<Request> requests) in runs)
        {
            ILookup<long, TimeSpan> seconds = requests.Where(one => one.Kind.IsRead && one.IsOk && run.Normal.Has(one.Invoked))
                .ToLookup(one => (one.Invoked - run.Normal.From).Ticks / TimeSpan.TicksPerSecond, one => one.Took!.Value);
            for (long second = 0; second < Math.Ceiling((run.Normal.Until - run.Normal.From).TotalSeconds); second++)
                blocks.Add([.. seconds[second]]);
        }

        return blocks;
    }

    private static TimeSpan? At(IEnumerable<TimeSpan[]> blocks, decimal quantile)
    {
        TimeSpan[] all = [.. blocks.SelectMany(block => block)];
        Array.Sort(all);
        return LatencyQuantiles.At(all, quantile);
    }
}
