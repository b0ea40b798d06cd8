using System.Collections.Concurrent;
using System.Text;

namespace Harness.Toxiproxy.Tests.Support;

/// <summary>Keeps the lines that are written, to be read from another thread.</summary>
public sealed class LinesWriter : TextWriter
{
    private readonly ConcurrentQueue<string> _lines = new();

    public override Encoding Encoding => Encoding.UTF8;

    public IReadOnlyCollection<string> Lines => _lines;

    public string Text => string.Join('\n', _lines);

    public override void WriteLine(string? value) => _lines.Enqueue(value ?? "");

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }
}
