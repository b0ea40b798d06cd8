using System.Collections.Concurrent;

namespace Harness.Reports.Gates;

/// <summary>Where the middle of paired differences lies, without any assumption on their shape but symmetry.</summary>
/// <param name="Estimate">The Hodges–Lehmann estimate: the median of all Walsh averages.</param>
/// <param name="Lower">One-sided lower bound; minus infinity when there are too few differences for the level.</param>
/// <param name="Upper">One-sided upper bound; plus infinity when there are too few differences for the level.</param>
/// <param name="Count">How many differences.</param>
public readonly record struct SignedRank(double Estimate, double Lower, double Upper, int Count)
{
    private static readonly ConcurrentDictionary<(int Count, double Alpha), int> Ranks = new();

    /// <summary>Estimates the middle and bounds it by inverting Wilcoxon's signed-rank test.</summary>
    /// <param name="differences">One a round; not empty, all finite.</param>
    /// <param name="alpha">The chance that each bound alone is on the wrong side; in (0, 0.5).</param>
    /// <exception cref="ArgumentException">There are no differences.</exception>
    /// <remarks>Hodges and Lehmann 1963; Hollander, Wolfe and Chicken 2014, 3.2 and 3.3. The null distribution is exact at every size.</remarks>
    public static SignedRank Of(ReadOnlySpan<double> differences, double alpha)
    {
        int count = differences.Length;
        if (count == 0)
            throw new ArgumentException("There are no differences to estimate from.", nameof(differences));
        double[] walsh = new double[count * (count + 1) / 2];
        int next = 0;
        for (int i = 0; i < count; i++)
        {
            for (int j = i; j < count; j++)
                walsh[next++] = (differences[i] + differences[j]) / 2;
        }

        Array.Sort(walsh);
        int middle = walsh.Length / 2;
        double estimate = walsh.Length % 2 == 1 ? walsh[middle] : (walsh[middle - 1] + walsh[middle]) / 2;
        int rank = RankOfBound(count, alpha);
        return rank == 0
            ? new(estimate, double.NegativeInfinity, double.PositiveInfinity, count)
            : new(estimate, walsh[rank - 1], walsh[^rank], count);
    }

    /// <summary>The largest k for which the chance of a rank sum below k is at most <paramref name="alpha"/>: the k-th Walsh average
    /// from below is the lower bound. 0 when there is none.</summary>
    public static int RankOfBound(int count, double alpha) => Ranks.GetOrAdd((count, alpha), static key =>
    {
        double sum = 0;
        int rank = 0;
        foreach (double chance in Distribution(key.Count))
        {
            sum += chance;
            // A hair of slack: 1/32 summed in another order must still count as 1/32.
            if (sum > key.Alpha * (1 + 1e-12))
                break;
            rank++;
        }

        return rank;
    });

    /// <summary>The chance of each rank sum from 0 when every sign is a fair coin.</summary>
    public static double[] Distribution(int count)
    {
        double[] chances = new double[(count * (count + 1) / 2) + 1];
        chances[0] = 1;
        for (int rank = 1, reached = 0; rank <= count; rank++)
        {
            reached += rank;
            for (int sum = reached; sum >= 0; sum--)
                chances[sum] = (chances[sum] + (sum >= rank ? chances[sum - rank] : 0)) / 2;
        }

        return chances;
    }
}
