using System.Globalization;
using System.Threading.Channels;
using Harness.Toxiproxy.Json;

namespace Harness.Toxiproxy.Logs;

/// <summary>One JSON object a line. Thread-safe.</summary>
/// <param name="writer">Where to; null drops everything.</param>
/// <param name="least">What matters less is not written.</param>
/// <param name="time">The clock of the lines.</param>
internal sealed class JsonLog(TextWriter? writer, LogLevel least, TimeProvider time)
{
    private readonly Lock _writing = new();
    private readonly List<ChannelWriter<string>> _listeners = [];

    /// <summary>Whether anybody wants to know about connections: on a hot path the line is not even made otherwise.</summary>
    public bool WantsDebug => (writer is not null && least <= LogLevel.Debug) || Volatile.Read(ref _listenerCount) > 0;

    private int _listenerCount;

    /// <summary>Hands every line to <paramref name="listener"/>, whatever its level, until the result is disposed.</summary>
    public IDisposable Listen(ChannelWriter<string> listener)
    {
        lock (_writing)
            _listeners.Add(listener);
        Interlocked.Increment(ref _listenerCount);
        return new Listening(this, listener);
    }

    public void Debug(string message, params (string Name, string Value)[] fields) => Write(LogLevel.Debug, message, fields);

    public void Info(string message, params (string Name, string Value)[] fields) => Write(LogLevel.Info, message, fields);

    public void Warn(string message, params (string Name, string Value)[] fields) => Write(LogLevel.Warn, message, fields);

    public void Error(string message, params (string Name, string Value)[] fields) => Write(LogLevel.Error, message, fields);

    /// <summary>The level of that name; everything for another text.</summary>
    public static LogLevel ParseLevel(string? text) => Enum.TryParse(text, ignoreCase: true, out LogLevel level) ? level : LogLevel.Trace;

    private void Write(LogLevel level, string message, (string Name, string Value)[] fields)
    {
        bool written = writer is not null && level >= least;
        if (!written && Volatile.Read(ref _listenerCount) == 0)
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
            string line = JsonText.Object(all);
            if (written)
            {
                writer!.WriteLine(line);
                writer.Flush();
            }
            // A listener that does not keep up loses its oldest lines, not ours.
            foreach (ChannelWriter<string> listener in _listeners)
                listener.TryWrite(line);
        }
    }

    private sealed class Listening(JsonLog log, ChannelWriter<string> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (log._writing)
            {
                if (log._listeners.Remove(listener))
                    Interlocked.Decrement(ref log._listenerCount);
            }
        }
    }
}
