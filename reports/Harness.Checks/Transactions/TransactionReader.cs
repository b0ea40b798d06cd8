using Harness.Checks.Histories;
using Harness.Checks.Workloads;
using Harness.Records;

namespace Harness.Checks.Transactions;

/// <summary>Reads transactions such as <c>[[:append 3 1] [:r 4 [1 2]]]</c>.</summary>
internal static class TransactionReader
{
    /// <exception cref="HistoryFormatException">A step that is neither an append nor a read of a list.</exception>
    public static Transaction[] Read(ParsedHistory history) =>
        [.. history.Operations.Select((operation, id) => new Transaction(id, [.. Values.ListOf(operation).Select(step => Step(step, operation))], operation))];

    private static TransactionStep Step(object? form, ClientOperation operation)
    {
        if (Form.List(form) is not [var does, var key, var value])
            throw new HistoryFormatException(operation.Line, $"'{Form.Text(form)}' is no step of three parts");

        return Form.Text(does) switch
        {
            "append" => new TransactionStep(Form.Text(key), Form.Text(value), null),
            "r" or "read" when operation.Outcome != Outcome.Ok => new TransactionStep(Form.Text(key), null, null),
            "r" or "read" when value is null => new TransactionStep(Form.Text(key), null, []),
            "r" or "read" when value is FormList list => new TransactionStep(Form.Text(key), null, [.. list.Items.Select(Form.Text)]),
            "r" or "read" => throw new HistoryFormatException(operation.Line, $"'{Form.Text(form)}' reads no list"),
            var other => throw new HistoryFormatException(operation.Line, $"a list knows no '{other}'"),
        };
    }
}
