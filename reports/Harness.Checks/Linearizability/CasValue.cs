namespace Harness.Checks.Linearizability;

/// <summary>The value of a compare-and-set, <c>[expected new]</c>.</summary>
public static class CasValue
{
    private const string Nil = "nil";

    public static string Of(string? expected, string? value) => $"[{expected ?? Nil} {value ?? Nil}]";

    /// <exception cref="FormatException">It is no pair.</exception>
    public static (string? Expected, string? Value) Parse(string? text)
    {
        string[] parts = (text ?? "").Trim('[', ']').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts is [var expected, var value]
            ? (OrNil(expected), OrNil(value))
            : throw new FormatException($"'{text}' is no pair of an expected and a new value");
    }

    private static string? OrNil(string text) => text == Nil ? null : text;
}
