using Harness.Checks.Histories;

namespace Harness.Checks.Workloads;

/// <summary>Takes the parts out of values, which in our own files are texts.</summary>
internal static class Values
{
    /// <exception cref="HistoryFormatException">It is no list.</exception>
    public static IReadOnlyList<object?> ListOf(ClientOperation operation) => Parsed(operation) switch
    {
        FormList list => list.Items,
        null => [],
        var other => throw new HistoryFormatException(operation.Line, $"{operation.F} should have a list, not '{Form.Text(other)}'"),
    };

    /// <exception cref="HistoryFormatException">It is no map.</exception>
    public static FormMap MapOf(ClientOperation operation) => Parsed(operation) as FormMap
        ?? throw new HistoryFormatException(operation.Line, $"{operation.F} should have a map, not '{Form.Text(operation.Value)}'");

    private static object? Parsed(ClientOperation operation) =>
        operation.Value is string and ['[' or '{' or '#' or '(', ..] && EdnReader.ReadAll((string)operation.Value) is [var form]
            ? form
            : operation.Value;
}
