using System.Globalization;

namespace Harness.Checks.Histories;

/// <summary>Reads histories of one map an event, in EDN or JSON, in a sequence or one after the other: Knossos, Elle, Porcupine's
/// key-value logs.</summary>
internal static class MapFormat
{
    private static readonly string[] Unkeyed = ["txn", "transfer", "cas"];

    // Clients are counted from 0.
    private const int Nameless = -1;

    /// <param name="forms">What stands at the top of the file.</param>
    /// <exception cref="HistoryFormatException">A map that is no event.</exception>
    public static IReadOnlyList<HistoryEvent> Read(IReadOnlyList<object?> forms)
    {
        IReadOnlyList<object?> maps = forms is [FormList only] ? only.Items : forms;
        HistoryEvent[] events = [.. maps.Select((form, i) => form is FormMap map
            ? Read(map)
            : throw new HistoryFormatException($"entry {i + 1} is '{Form.Text(form)}', not a map"))];
        if (Array.Exists(events, e => e.Process >= 0) && Array.Find(events, e => e.Process == Nameless) is { Line: > 0 } nameless)
            throw new HistoryFormatException(nameless.Line, "there is no process, though others have one");

        return HasKeysInValues(events) ? [.. events.Select(TakeKeyOut)] : events;
    }

    private static HistoryEvent Read(FormMap map)
    {
        string word = Form.Text(map["type"]);
        EventType type = EventTypes.Of(word) ?? throw new HistoryFormatException(map.Line, $"the type is '{word}', not invoke, ok, fail or info");
        string? f = Form.TextOrNull(map["f"]) ?? (map["value"] is FormList ? "txn" : null);

        // Transactions may leave the process out when there is only one; an event whose process is nil is nobody's.
        if (!map.Has("process") && f != "txn")
            throw new HistoryFormatException(map.Line, "there is no process");

        int? process = !map.Has("process") ? Nameless
            : map["process"] is long number and >= int.MinValue and <= int.MaxValue ? (int)number : ProcessOf(map["process"]);
        if (f is null && process is not null)
            throw new HistoryFormatException(map.Line, "there is no f");

        return new HistoryEvent(map.Line, process, type, f ?? "", Form.TextOrNull(map["key"]), map["value"]);
    }

    private static int? ProcessOf(object? process) =>
        int.TryParse(Form.Text(process), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    // Jepsen's independent workloads write [key value]. One read or write whose value is no pair shows that pairs mean something else.
    private static bool HasKeysInValues(HistoryEvent[] events)
    {
        HistoryEvent[] plain = [.. events.Where(e => e.Process is not null && !Unkeyed.Contains(e.F))];
        return plain.Length > 0 && plain.All(e => e is { Key: null, Value: FormList { Items: [not FormList, _] } });
    }

    private static HistoryEvent TakeKeyOut(HistoryEvent happened) => happened.Value is FormList { Items: [var key, var value] }
        ? happened with { Key = Form.Text(key), Value = value }
        : happened;
}
