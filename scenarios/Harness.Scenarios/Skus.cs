using System.Globalization;

namespace Harness.Scenarios;

/// <summary>The products that the order system is seeded with.</summary>
internal static class Skus
{
    public const int Count = 100;

    private const double ZipfExponent = 1.1;
    private static readonly Zipf Popularity = new(Count, ZipfExponent);

    /// <param name="number">From 1 to <see cref="Count"/>.</param>
    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"sku-{number:0000}");

    /// <summary>A product drawn as customers choose: the first has a fifth of all draws.</summary>
    public static string Popular(Random random) => Name(Popularity.Draw(random));
}
