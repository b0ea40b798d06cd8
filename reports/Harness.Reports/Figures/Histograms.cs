using HdrHistogram;

namespace Harness.Reports.Figures;

/// <summary>Adding histograms up: the only right way to a quantile of the whole.</summary>
internal static class Histograms
{
    /// <summary>One histogram with every value of all of them; null when there are none.</summary>
    /// <remarks>As wide and as fine as the widest and the finest among them, so that nothing is lost.</remarks>
    public static HistogramBase? Sum(IEnumerable<HistogramBase> parts)
    {
        var all = parts.ToList();
        if (all.Count == 0)
            return null;

        long highest = Math.Max(2, all.Max(h => h.HighestTrackableValue));
        var sum = new LongHistogram(1, highest, all.Max(h => h.NumberOfSignificantValueDigits));
        foreach (HistogramBase part in all)
            sum.Add(part);
        return sum;
    }
}
