using System.Globalization;

namespace Harness.Checks.Saga;

/// <summary>Amounts for sentences.</summary>
internal static class Money
{
    private const int CentsPerUnit = 100;

    /// <returns><c>12.34</c>, <c>-0.05</c>.</returns>
    public static string Of(long cents) => ((decimal)cents / CentsPerUnit).ToString("0.00", CultureInfo.InvariantCulture);
}
