using System.Globalization;
using Harness.Checks.Linearizability;
using Harness.Records;

namespace Harness.Checks.Histories;

/// <summary>Translates the words of histories into those of the models, and says where one makes no sense.</summary>
internal static class ModelWords
{
    private const string Held = "held";

    public static Operation Translate(ClientOperation operation, ObjectKind kind) => (kind, operation.F) switch
    {
        (ObjectKind.Register, "read") or (ObjectKind.Register, "write") => Value(operation, operation.F),
        (ObjectKind.Register, "cas") => Cas(operation),

        // A lock is a register that is free or held.
        (ObjectKind.Register, "acquire" or "lock") => operation.ToOperation("cas", CasValue.Of(null, Held)),
        (ObjectKind.Register, "release" or "unlock") => operation.ToOperation("cas", CasValue.Of(Held, null)),
        (ObjectKind.KeyValue, "get" or "read") => Value(operation, "get"),
        (ObjectKind.KeyValue, "put" or "write") => Value(operation, "put"),
        (ObjectKind.KeyValue, "append") => Value(operation, "append"),
        (ObjectKind.Counter, "read") => operation.ToOperation("read", operation.Outcome == Outcome.Ok ? Number(operation, sign: 1) : null),
        (ObjectKind.Counter, "add" or "increment" or "inc" or "incr") => operation.ToOperation("add", Number(operation, sign: 1)),
        (ObjectKind.Counter, "subtract" or "decrement" or "dec" or "decr") => operation.ToOperation("add", Number(operation, sign: -1)),
        _ => throw new HistoryFormatException(operation.Line, $"the model knows no '{operation.F}'"),
    };

    private static Operation Value(ClientOperation operation, string kind) => operation.ToOperation(kind, Form.TextOrNull(operation.Value));

    private static Operation Cas(ClientOperation operation)
    {
        // In our own files the pair is a text.
        object? value = operation.Value is string text && EdnReader.ReadAll(text) is [FormList list] ? list : operation.Value;
        return value is FormList { Items: [var expected, var put] }
            ? operation.ToOperation("cas", CasValue.Of(Form.TextOrNull(expected), Form.TextOrNull(put)))
            : throw new HistoryFormatException(operation.Line, $"cas needs a pair of an expected and a new value, not '{Form.Text(operation.Value)}'");
    }

    private static string Number(ClientOperation operation, int sign)
    {
        if (operation.Value is null && operation.F != "read")
            return $"{sign}";    // an increment by one need not say so

        return long.TryParse(Form.Text(operation.Value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? (sign * number).ToString(CultureInfo.InvariantCulture)
            : throw new HistoryFormatException(operation.Line, $"{operation.F} needs a whole number, not '{Form.Text(operation.Value)}'");
    }
}
