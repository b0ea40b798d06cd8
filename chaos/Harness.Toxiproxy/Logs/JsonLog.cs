using System.Globalization;
using Harness.Toxiproxy.Json;

namespace Harness.Toxiproxy.Logs;

/// <summary>One JSON object a line. Thread-safe.</summary>
/// <param name="writer">Where to; null drops everything.</param>
/// <param name="least">What matters less is not written.</param>
/// <param name="time">The clock of the lines.</param>
internal sealed class JsonLog(TextWriter? writer, LogLevel least, TimeProvider time)
{
    private readonly Lock _writing = new();

    public void Debug(string message, params (string Name, string Value)[] fields) => Write(LogLevel.Debug, message, fields);

    public void Info(string message, params (string Name, string Value)[] fields) => Write(LogLevel.Info, message, fields);

    public void Warn(string message, params (string Name, string Value)[] fields) => Write(LogLevel.Warn, message, fields);

    public void Error(string message, params (string Name, string Value)[] fields) => Write(LogLevel.Error, message, fields);

    /// <summary>The level of that name; everything for another text.</summary>
    public static LogLevel ParseLevel(string? text) => Enum.TryParse(text, ignoreCase: true, out LogLevel level) ? level : LogLevel.Trace;

    private void Write(LogLevel level, string message, (string Name, string Value)[] fields)
    {
        if (writer is null || level < least)
            return;
        IEnumerable<(string, string)> all =
        [
            ("level", JsonText.Of(level.ToString().ToLowerInvariant())),
            .. fields.Select(f => (f.Name, JsonText.Of(f.Value))),
            ("time", JsonText.Of(time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))),
            ("message", JsonText.Of(message)),
        ];
        lock (_writing)
        {
            writer.WriteLine(JsonText.Object(all));
            writer.Flush();
        }
    }
}
