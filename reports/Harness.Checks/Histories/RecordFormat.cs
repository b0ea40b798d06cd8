using System.Text.Json;
using Harness.Records;

namespace Harness.Checks.Histories;

/// <summary>Reads our own histories: <c>history.bin</c>, a record's folder, and the JSON lines that are exported from them.</summary>
internal static class RecordFormat
{
    public static IReadOnlyList<ClientOperation> ReadFile(string path) =>
        [.. HistoryReader.Read(Directory.Exists(path) ? Path.Combine(path, RecordFiles.History) : path).Select((o, i) => Of(o, i + 1))];

    /// <exception cref="HistoryFormatException">A line that is no operation.</exception>
    public static IReadOnlyList<ClientOperation> ReadLines(string text)
    {
        var operations = new List<ClientOperation>();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                operations.Add(Of(ReadLine(line, number), number));
        }

        return operations;
    }

    private static Operation ReadLine(string line, int number)
    {
        try
        {
            Operation operation = JsonSerializer.Deserialize<Operation>(line, RecordJson.Line);
            return operation is { Kind: not null, Key: not null }
                ? operation
                : throw new HistoryFormatException(number, "an operation needs a kind and a key");
        }
        catch (JsonException e)
        {
            throw new HistoryFormatException(number, "this is no operation: " + e.Message);
        }
    }

    private static ClientOperation Of(in Operation o, int number) =>
        new(o.Process, o.Kind, o.Key, o.Value, o.Invoked, o.Outcome == Outcome.Unknown ? null : o.Completed, o.Outcome, number);
}
