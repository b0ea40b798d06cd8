using Harness.Checks.Histories;
using Harness.Checks.Workloads;
using Harness.Records;

namespace Harness.Checks.Transactions;

/// <summary>Reads transactions such as <c>[[:append 3 1] [:r 4 [1 2]]]</c>, of lists, and <c>[[:w 3 1] [:r 4 nil]]</c>, of
/// registers.</summary>
internal static class TransactionReader
{
    /// <exception cref="HistoryFormatException">A step that is neither an append nor a read of a list.</exception>
    public static Transaction[] OfLists(ParsedHistory history) => Read(history, ListStep);

    /// <exception cref="HistoryFormatException">A step that is neither a write nor a read of a register.</exception>
    public static Transaction[] OfRegisters(ParsedHistory history) => Read(history, RegisterStep);

    private static Transaction[] Read(ParsedHistory history, Func<object?, ClientOperation, TransactionStep> step) =>
        [.. history.Operations.Select((operation, id) => new Transaction(id, [.. Values.ListOf(operation).Select(form => step(form, operation))], operation))];

    private static (string Does, string Key, object? Value) Parts(object? form, ClientOperation operation) => Form.List(form) switch
    {
        [var does, var key, var value] => (Form.Text(does), Form.Text(key), value),

        // A read that was only asked may leave out what it does not know yet.
        [var does, var key] when Form.Text(does) is "r" or "read" => (Form.Text(does), Form.Text(key), null),
        _ => throw new HistoryFormatException(operation.Line, $"'{Form.Text(form)}' is no step of three parts"),
    };

    private static TransactionStep RegisterStep(object? form, ClientOperation operation)
    {
        (string does, string key, object? value) = Parts(form, operation);
        return does switch
        {
            "w" or "write" => new TransactionStep(key, Form.Text(value), null, OfRegister: true),
            "r" or "read" when operation.Outcome != Outcome.Ok => new TransactionStep(key, null, null, OfRegister: true),
            "r" or "read" => new TransactionStep(key, null, value is null ? [] : [Form.Text(value)], OfRegister: true),
            _ => throw new HistoryFormatException(operation.Line, $"a register knows no '{does}'"),
        };
    }

    private static TransactionStep ListStep(object? form, ClientOperation operation)
    {
        (string does, string key, object? value) = Parts(form, operation);
        return does switch
        {
            "append" => new TransactionStep(key, Form.Text(value), null),
            "r" or "read" when operation.Outcome != Outcome.Ok => new TransactionStep(key, null, null),
            "r" or "read" when value is null => new TransactionStep(key, null, []),
            "r" or "read" when value is FormList list => new TransactionStep(key, null, [.. list.Items.Select(Form.Text)]),
            "r" or "read" => throw new HistoryFormatException(operation.Line, $"'{Form.Text(form)}' reads no list"),
            var other => throw new HistoryFormatException(operation.Line, $"a list knows no '{other}'"),
        };
    }
}
