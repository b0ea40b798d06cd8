namespace Harness.Checks;

/// <summary>Counts for sentences.</summary>
internal static class Plural
{
    /// <summary><c>1 order</c>, <c>2 orders</c>.</summary>
    public static string Of(long count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";
}
