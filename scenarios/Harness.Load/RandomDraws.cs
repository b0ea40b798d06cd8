namespace Harness.Load;

/// <summary>Draws that load needs often: <c>context.Random.Zipf(100, 1.1)</c>.</summary>
public static class RandomDraws
{
    /// <summary>A rank from 1 to <paramref name="n"/>, rank k in proportion to 1/kˢ.</summary>
    /// <param name="random">Where the draw comes from.</param>
    /// <param name="n">1 or more.</param>
    /// <param name="s">Above 0; the larger, the more draws go to the first ranks.</param>
    /// <remarks>Rejection from a hat over the integral of x⁻ˢ: a few draws however large <paramref name="n"/> is, and no table
    /// (Hörmann and Derflinger, "Rejection-inversion to generate variates from monotone discrete distributions", 1996).</remarks>
    public static int Zipf(this Random random, int n, double s)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(s);
        double low = Integral(1.5, s) - 1;
        double high = Integral(n + 0.5, s);
        while (true)
        {
            double area = high + random.NextDouble() * (low - high);
            int rank = (int)Math.Clamp(Math.Round(InverseIntegral(area, s)), 1, n);
            if (area >= Integral(rank + 0.5, s) - Math.Pow(rank, -s))
                return rank;
        }
    }

    /// <summary>One of the items, each in proportion to its weight.</summary>
    /// <exception cref="ArgumentException">There is none, or a weight is negative, or all are 0.</exception>
    public static T Choice<T>(this Random random, params (T Item, int Weight)[] items)
    {
        long whole = items.Sum(item => item.Weight >= 0
            ? (long)item.Weight
            : throw new ArgumentException($"A weight of {item.Weight} is negative.", nameof(items)));
        if (whole == 0)
            throw new ArgumentException("There is nothing to choose from.", nameof(items));
        long at = random.NextInt64(whole);
        foreach ((T item, int weight) in items)
        {
            if ((at -= weight) < 0)
                return item;
        }

        throw new InvalidOperationException("A draw lay beyond the sum of all weights.");
    }

    private static double Integral(double x, double s) => s == 1 ? Math.Log(x) : (Math.Pow(x, 1 - s) - 1) / (1 - s);

    private static double InverseIntegral(double area, double s) => s == 1 ? Math.Exp(area) : Math.Pow(area * (1 - s) + 1, 1 / (1 - s));
}
