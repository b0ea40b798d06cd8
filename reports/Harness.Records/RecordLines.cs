using System.Text;
using System.Text.Json;

namespace Harness.Records;

/// <summary>Reads files of one entry a line that a crash may have cut short.</summary>
internal static class RecordLines
{
    /// <summary>The entries in file order. A last line without its line break is taken when it is whole and ignored when it is not;
    /// any other line that cannot be read is an error.</summary>
    /// <param name="path">A file that may still be written to; no entries when it does not exist.</param>
    /// <param name="parse">Null for a line that holds no entry.</param>
    /// <exception cref="RecordException">A line that is not the last cannot be read.</exception>
    public static IReadOnlyList<T> Read<T>(string path, Func<string, T?> parse) where T : class
    {
        if (!File.Exists(path))
            return [];

        var entries = new List<T>();
        int number = 0;
        foreach ((string line, bool ended) in Lines(path))
        {
            number++;
            try
            {
                if (line.Length > 0 && parse(line) is { } entry)
                    entries.Add(entry);
            }
            catch (Exception e) when (IsBadLine(e))
            {
                if (ended)
                    throw new RecordException($"{path}, line {number}: {e.Message}", e);
            }
        }

        return entries;
    }

    // The histogram decoder answers damage with whatever its arithmetic runs into.
    private static bool IsBadLine(Exception e) =>
        e is JsonException or FormatException or ArgumentException or NotSupportedException or IOException or InvalidDataException
            or OverflowException or IndexOutOfRangeException;

    private static IEnumerable<(string Line, bool Ended)> Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var text = new StreamReader(file, Encoding.UTF8);
        string? line = text.ReadLine();
        bool endsWithBreak = EndsWithBreak(path);
        while (line is not null)
        {
            string? next = text.ReadLine();
            yield return (line, next is not null || endsWithBreak);
            line = next;
        }
    }

    private static bool EndsWithBreak(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length == 0)
            return true;

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }
}
