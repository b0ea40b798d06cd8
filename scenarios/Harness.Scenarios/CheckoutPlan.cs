using System.Globalization;

namespace Harness.Scenarios;

/// <summary>What one checkout asks for: a pure function of seed and iteration.</summary>
internal sealed record CheckoutPlan(string IdempotencyKey, string Customer, string Sku, int Quantity)
{
    private const int Customers = 50;
    private const int QuantityMost = 3;

    public static CheckoutPlan For(string scenario, int seed, long iteration, Random random) => new(
        string.Create(CultureInfo.InvariantCulture, $"{scenario}-{seed}-{iteration}"),
        string.Create(CultureInfo.InvariantCulture, $"customer-{random.Next(1, Customers + 1)}"),
        Skus.Name(random.Next(1, Skus.Count + 1)),
        random.Next(1, QuantityMost + 1));
}
