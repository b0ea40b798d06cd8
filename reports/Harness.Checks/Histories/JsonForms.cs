using System.Text;
using System.Text.Json;

namespace Harness.Checks.Histories;

/// <summary>Reads JSON into the forms that EDN is read into: one array, or one value a line.</summary>
internal static class JsonForms
{
    /// <exception cref="HistoryFormatException">It is no JSON.</exception>
    public static IReadOnlyList<object?> ReadAll(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true, CommentHandling = JsonCommentHandling.Skip });
        var lines = new LineCounter(bytes);
        var forms = new List<object?>();
        try
        {
            while (reader.Read())
                forms.Add(Read(ref reader, lines));
        }
        catch (JsonException e)
        {
            throw new HistoryFormatException((int)(e.LineNumber ?? 0) + 1, "this is no JSON: " + e.Message.Split(" LineNumber")[0]);
        }

        return forms;
    }

    private static object? Read(ref Utf8JsonReader reader, LineCounter lines) => reader.TokenType switch
    {
        JsonTokenType.StartArray => ReadArray(ref reader, lines),
        JsonTokenType.StartObject => ReadObject(ref reader, lines),
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.Number => reader.TryGetInt64(out long whole) ? whole : reader.GetDouble(),
        _ => null,
    };

    private static FormList ReadArray(ref Utf8JsonReader reader, LineCounter lines)
    {
        var items = new List<object?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(Read(ref reader, lines));
        return new FormList(items);
    }

    private static FormMap ReadObject(ref Utf8JsonReader reader, LineCounter lines)
    {
        int line = lines.At(reader.TokenStartIndex);
        var entries = new List<KeyValuePair<object?, object?>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            string? name = reader.GetString();
            reader.Read();
            entries.Add(KeyValuePair.Create<object?, object?>(name, Read(ref reader, lines)));
        }

        return new FormMap(entries, line);
    }

    /// <summary>Counts lines up to places that only ever move forward.</summary>
    private sealed class LineCounter(byte[] bytes)
    {
        private long _at;
        private int _line = 1;

        public int At(long place)
        {
            for (; _at < place; _at++)
                _line += bytes[_at] == '\n' ? 1 : 0;
            return _line;
        }
    }
}
