using System.Text;
using System.Text.RegularExpressions;
using Harness.Records;

namespace Harness.Checks.Histories;

/// <summary>Reads histories, whoever wrote them.</summary>
internal static partial class HistoryFile
{
    public const string Auto = "auto";
    public const string JepsenLog = "jepsen-log";
    public const string Edn = "edn";
    public const string Json = "json";
    public const string JsonLines = "jsonl";
    public const string Harness = "harness";

    public static readonly string[] Formats = [Auto, JepsenLog, Edn, Json, JsonLines, Harness];

    /// <param name="path">A file, or the folder of a run record.</param>
    /// <param name="format">One of <see cref="Formats"/>.</param>
    /// <param name="needsInvocations">Whether an answer that nobody asked for is an error.</param>
    /// <exception cref="HistoryFormatException">It cannot be read.</exception>
    public static ParsedHistory Read(string path, string format, bool needsInvocations)
    {
        try
        {
            if (format == Harness || (format == Auto && IsRecord(path)))
                return new ParsedHistory(Harness, RecordFormat.ReadFile(path));

            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            return Parse(text, format == Auto ? Detect(text) : format, needsInvocations);
        }
        catch (Exception e) when (e is RecordException or IOException or UnauthorizedAccessException)
        {
            throw new HistoryFormatException(e.Message);
        }
        catch (DecoderFallbackException)
        {
            throw new HistoryFormatException("it is no text in UTF-8.");
        }
    }

    /// <summary>As <see cref="Read"/>, for a text whose format is known.</summary>
    public static ParsedHistory Parse(string text, string format, bool needsInvocations) => new(format, format switch
    {
        JepsenLog => Pairing.Pair(Some(JepsenLogFormat.Read(text), text), needsInvocations),
        Edn => Pairing.Pair(Some(MapFormat.Read(EdnReader.ReadAll(text)), text), needsInvocations),
        Json => Pairing.Pair(Some(MapFormat.Read(JsonForms.ReadAll(text)), text), needsInvocations),
        JsonLines => RecordFormat.ReadLines(text),
        _ => throw new HistoryFormatException($"there is no format '{format}'; there are {string.Join(", ", Formats)}"),
    });

    /// <summary>What a text looks like.</summary>
    public static string Detect(string text)
    {
        if (JepsenLogFormat.Looks(text))
            return JepsenLog;

        string start = text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (JsonStart().IsMatch(start))
            return OurStart().IsMatch(start) ? JsonLines : Json;

        return start is ['[' or '{' or '(' or ';' or '#', ..]
            ? Edn
            : throw new HistoryFormatException("it looks like no format that is known; say which it is.");
    }

    /// <summary>An empty history is one; a text that says something, none of it an operation, is some other file.</summary>
    private static IReadOnlyList<HistoryEvent> Some(IReadOnlyList<HistoryEvent> events, string text) =>
        events.Count > 0 || text.Trim() is "" or "[]" or "()"
            ? events
            : throw new HistoryFormatException("it holds no operation.");

    private static bool IsRecord(string path)
    {
        if (Directory.Exists(path))
            return true;

        using FileStream file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[8];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("HRNSHIST"u8);
    }

    [GeneratedRegex(@"^(\[\s*)?\{\s*""[^""]*""\s*:")]
    private static partial Regex JsonStart();

    // Our operations have a kind; everybody else's events have a type.
    [GeneratedRegex(@"^\{[^{}\n]*""kind""\s*:")]
    private static partial Regex OurStart();
}
