using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Checks.Histories;

/// <summary>Reads Jepsen's own logs: <c>INFO  jepsen.util - 4 :invoke :cas [1 2]</c>, fields apart by any white space; those of later
/// versions, without the dash; and its <c>history.txt</c>, without the logger. Lines of other loggers are passed over.</summary>
internal static partial class JepsenLogFormat
{
    private const string Mark = "jepsen.util -";

    public static bool Looks(string text) => text.Contains(Mark, StringComparison.Ordinal) || AnyBareLine().IsMatch(text);

    /// <exception cref="HistoryFormatException">A line of the right logger that says nothing known.</exception>
    public static IReadOnlyList<HistoryEvent> Read(string text)
    {
        var events = new List<HistoryEvent>();
        int number = 0;
        foreach (string line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            number++;
            int mark = line.IndexOf(Mark, StringComparison.Ordinal);
            string? said = mark >= 0 ? line[(mark + Mark.Length)..] : BareLine().Match(line) is { Success: true } bare ? bare.Groups["said"].Value : null;
            if (said is not null && ReadLine(said, number) is { } happened)
                events.Add(happened);
        }

        return events;
    }

    private static HistoryEvent? ReadLine(string line, int number)
    {
        string[] fields = line.Split((char[]?)null, 4, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 3 || fields[1] is not [':', ..] || fields[2] is not [':', ..])
        {
            // Jepsen says other things through this logger too; only what begins like an operation has to be one.
            return fields is [[>= '0' and <= '9', ..], ..]
                ? throw new HistoryFormatException(number, $"'{line.Trim()}' is no process, type, operation and value")
                : null;
        }

        if (!int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int process))
            return null;    // the nemesis

        EventType type = EventTypes.Of(fields[1][1..]) ?? throw new HistoryFormatException(number, $"'{fields[1]}' is none of :invoke, :ok, :fail and :info");
        return new HistoryEvent(number, process, type, fields[2][1..], null, ReadValue(fields.ElementAtOrDefault(3), number));
    }

    private static object? ReadValue(string? text, int number)
    {
        try
        {
            return EdnReader.ReadAll(text ?? "nil") is [var value, ..] ? value : null;
        }
        catch (HistoryFormatException e)
        {
            throw new HistoryFormatException(number, $"the value '{text}' cannot be read ({e.Message})");
        }
    }

    private const string Said = @"^(?:.*\bjepsen\.util\s+)?(?<said>(?:\d+|:nemesis)\s+:(?:invoke|ok|fail|info)\s+:\S+(?:\s.*)?)$";

    [GeneratedRegex(Said)]
    private static partial Regex BareLine();

    [GeneratedRegex(Said, RegexOptions.Multiline)]
    private static partial Regex AnyBareLine();
}
