using System.Globalization;

namespace Harness.Scenarios;

/// <summary>The products that the order system is seeded with.</summary>
internal static class Skus
{
    public const int Count = 100;

    /// <param name="number">From 1 to <see cref="Count"/>.</param>
    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"sku-{number:0000}");
}
