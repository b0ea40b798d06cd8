namespace Harness.Reports.Gates;

/// <summary>Where a series changed its level, if it surely did.</summary>
/// <param name="Index">The first value of the new level.</param>
/// <param name="ChangeRatio">The new median over the old, less 1.</param>
/// <param name="Chance">How often a series without order would show as much.</param>
public sealed record ChangePoint(int Index, double ChangeRatio, double Chance)
{
    private const int Window = 50;
    private const int Side = 4;
    private const int Shuffles = 1999;

    /// <summary>The likeliest change among the last 50 values; null when there is none beyond chance (one in a thousand) or it is below 5 %.</summary>
    /// <param name="values">Oldest first, all positive and finite.</param>
    /// <remarks>Energy distance between the values before and after (Székely and Rizzo 2004) and a permutation test, as in E-divisive
    /// (Matteson and James 2014); shuffled with a fixed seed, so the same history always answers the same.</remarks>
    public static ChangePoint? Find(IReadOnlyList<double> values)
    {
        int skipped = Math.Max(0, values.Count - Window);
        // In logarithms, so that a change of 10 % weighs the same at every level.
        double[] logs = [.. values.Skip(skipped).Select(value => Math.Log(value))];
        if (logs.Length < 2 * Side)
            return null;
        (double observed, int split) = Best(logs);
        double change = Math.Exp(Median(logs[split..]) - Median(logs[..split])) - 1;
        if (Math.Abs(change) < 0.05)
            return null;
        var random = new Random(1);
        int asLarge = 1;
        for (int shuffle = 0; shuffle < Shuffles; shuffle++)
        {
            random.Shuffle(logs);
            asLarge += Best(logs).Statistic >= observed ? 1 : 0;
        }

        double chance = (double)asLarge / (Shuffles + 1);
        return chance < 0.001 ? new ChangePoint(skipped + split, change, chance) : null;
    }

    private static (double Statistic, int Split) Best(double[] logs)
    {
        // Sums of distances within the left part, within the right, and across, moved along one value at a time.
        double left = 0, right = 0, across = 0;
        for (int i = 0; i < logs.Length; i++)
        {
            for (int j = i + 1; j < logs.Length; j++)
                right += Math.Abs(logs[i] - logs[j]);
        }

        (double, int) best = (double.NegativeInfinity, 0);
        for (int split = 1; split <= logs.Length - Side; split++)
        {
            double toLeft = 0, toRight = 0, moved = logs[split - 1];
            for (int i = 0; i < split - 1; i++)
                toLeft += Math.Abs(logs[i] - moved);
            for (int i = split; i < logs.Length; i++)
                toRight += Math.Abs(logs[i] - moved);
            (left, right, across) = (left + toLeft, right - toRight, across - toLeft + toRight);
            double before = split, after = logs.Length - split;
            if (split >= Side)
            {
                double distance = (2 * across / (before * after)) - (2 * left / (before * before)) - (2 * right / (after * after));
                double statistic = before * after / (before + after) * distance;
                if (statistic > best.Item1)
                    best = (statistic, split);
            }
        }

        return best;
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
