using System.Globalization;

namespace Harness.Checks.Pacelc;

/// <summary>A share with its doubt, at 95 %.</summary>
/// <param name="Hits">In [0, <paramref name="Count"/>].</param>
/// <param name="Count">Of so many; 0 when nothing was asked.</param>
/// <param name="Lower">A ratio in [0, 1].</param>
/// <param name="Upper">A ratio in [0, 1].</param>
public sealed record ShareEstimate(long Hits, long Count, double Lower, double Upper)
{
    private const double Z = 1.959964;
    private const int Resamples = 1000;

    /// <summary>Nothing was asked: the share may be anything.</summary>
    public static ShareEstimate Nothing { get; } = new(0, 0, 0, 1);

    /// <summary>0 when nothing was asked.</summary>
    public double Ratio => Count == 0 ? 0 : (double)Hits / Count;

    /// <summary>Of requests that do not depend on each other.</summary>
    /// <remarks>Wilson 1927.</remarks>
    public static ShareEstimate Of(long hits, long count)
    {
        if (count == 0)
            return Nothing;
        double p = (double)hits / count, z2 = Z * Z;
        double middle = (p + (z2 / (2 * count))) / (1 + (z2 / count));
        double half = Z * Math.Sqrt((p * (1 - p) / count) + (z2 / (4.0 * count * count))) / (1 + (z2 / count));
        // At the ends the formula is exact and only its rounding is not.
        return new ShareEstimate(hits, count, hits == 0 ? 0 : Math.Max(0, middle - half), hits == count ? 1 : Math.Min(1, middle + half));
    }

    /// <summary>Of requests that come in blocks and share the fate of their block: the wider of Wilson's bounds and of those from drawing
    /// whole blocks again.</summary>
    /// <param name="blocks">Say a second each, with what hit in it and how many there were.</param>
    /// <remarks>Percentile bootstrap over blocks (Künsch 1989), 1000 draws from a fixed seed: the same blocks give the same bounds.</remarks>
    public static ShareEstimate Of(IReadOnlyList<(long Hits, long Count)> blocks)
    {
        ShareEstimate alone = Of(blocks.Sum(block => block.Hits), blocks.Sum(block => block.Count));
        if (alone.Count == 0)
            return alone;
        var random = new Random(blocks.Count);
        var ratios = new double[Resamples];
        for (int draw = 0; draw < Resamples; draw++)
        {
            long hits = 0, count = 0;
            for (int i = 0; i < blocks.Count; i++)
            {
                (long h, long c) = blocks[random.Next(blocks.Count)];
                (hits, count) = (hits + h, count + c);
            }

            ratios[draw] = count == 0 ? alone.Ratio : (double)hits / count;
        }

        Array.Sort(ratios);
        return alone with { Lower = Math.Min(alone.Lower, ratios[Rank(0.025)]), Upper = Math.Max(alone.Upper, ratios[Rank(0.975)]) };
    }

    /// <summary>This share less another, with bounds.</summary>
    /// <remarks>Squares of the distances to the bounds are added up: MOVER, Newcombe 1998, method 10.</remarks>
    public Difference Minus(ShareEstimate other)
    {
        if (Count == 0 || other.Count == 0)
            return new Difference(0, -1, 1);
        double d = Ratio - other.Ratio;
        return new Difference(
            d,
            d - Math.Sqrt(Square(Ratio - Lower) + Square(other.Upper - other.Ratio)),
            d + Math.Sqrt(Square(Upper - Ratio) + Square(other.Ratio - other.Lower)));
    }

    /// <summary><c>3 of 812</c>; nothing observed is <c>0 of 812, &lt; 3/812 at 95 %</c>, because that is all that it shows.</summary>
    public string Counted => Hits == 0 && Count > 0
        ? string.Create(CultureInfo.InvariantCulture, $"0 of {Count}, < 3/{Count} at 95 %")
        : string.Create(CultureInfo.InvariantCulture, $"{Hits} of {Count}");

    private static int Rank(double quantile) => (int)Math.Ceiling(quantile * Resamples) - 1;

    private static double Square(double value) => value * value;
}

/// <summary>How much more one is than another, with its doubt at 95 %.</summary>
/// <param name="Estimate">In the unit of what is compared.</param>
/// <param name="Lower">The same.</param>
/// <param name="Upper">The same.</param>
public sealed record Difference(double Estimate, double Lower, double Upper)
{
    /// <summary>The whole interval lies above zero.</summary>
    public bool IsMore => Lower > 0;

    /// <summary>The whole interval lies below zero.</summary>
    public bool IsLess => Upper < 0;

    /// <summary>In another unit.</summary>
    public Difference Times(double factor) => new(Estimate * factor, Lower * factor, Upper * factor);
}
