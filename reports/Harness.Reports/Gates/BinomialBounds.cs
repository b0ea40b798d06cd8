using HdrHistogram;
using Harness.Records;
using MathNet.Numerics.Distributions;

namespace Harness.Reports.Gates;

/// <summary>Bounds on shares and on quantiles, from counts alone.</summary>
/// <remarks>They take requests as independent. Requests of a stall are not, so a bound is a floor of the doubt, not all of it.</remarks>
public static class BinomialBounds
{
    /// <summary>Exact one-sided bounds on a share.</summary>
    /// <param name="hits">In [0, <paramref name="count"/>].</param>
    /// <param name="count">At least 1.</param>
    /// <param name="confidence">Of each bound alone; in (0.5, 1).</param>
    /// <remarks>Clopper and Pearson 1934.</remarks>
    public static (double Lower, double Upper) Share(long hits, long count, double confidence) => (
        hits == 0 ? 0 : Beta.InvCDF(hits, count - hits + 1, 1 - confidence),
        hits == count ? 1 : Beta.InvCDF(hits + 1, count - hits, confidence));

    /// <summary>One-sided bounds on a quantile: the recorded values at the ranks that enclose it.</summary>
    /// <param name="microseconds">Not empty.</param>
    /// <param name="quantile">In (0, 1).</param>
    /// <param name="confidence">Of each bound alone; in (0.5, 1).</param>
    /// <returns>No upper bound (<see cref="double.PositiveInfinity"/>) when too few values lie above the quantile, no lower one (0) when too few lie below.</returns>
    /// <remarks>Order statistics; Hahn and Meeker 1991, 5.2.</remarks>
    public static (double Lower, double Upper) Quantile(HistogramBase microseconds, decimal quantile, double confidence)
    {
        long count = microseconds.TotalCount;
        long upper = SmallestRank(count, (double)quantile, confidence);
        // The mirror image: the quantile is at least value r when few enough values can lie below it.
        long lower = count + 1 - SmallestRank(count, 1 - (double)quantile, confidence);
        return (lower < 1 ? 0 : AtRank(microseconds, lower), upper > count ? double.PositiveInfinity : AtRank(microseconds, upper));
    }

    /// <summary>The smallest rank r with P(Binomial(count, share) &lt; r) of at least <paramref name="confidence"/>; count + 1 when none is.</summary>
    private static long SmallestRank(long count, double share, double confidence)
    {
        long low = 1, high = count + 1;
        while (low < high)
        {
            long middle = (low + high) / 2;
            if (middle <= count && Binomial.CDF(share, (int)count, middle - 1) >= confidence)
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }

    // Half a rank less, so that no rounding of the division can lead to the next one.
    private static double AtRank(HistogramBase microseconds, long rank) =>
        microseconds.AtQuantile((rank - 0.5m) / microseconds.TotalCount);
}
