using System.Text.Json;

namespace Harness.Records;

/// <summary>Appends values to a <c>.jsonl</c> file, each handed to the operating system at once; thread-safe.</summary>
internal sealed class JsonLinesWriter(string path) : IDisposable
{
    private readonly FileStream _file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    private readonly Lock _gate = new();

    public void Write<T>(T value)
    {
        using var line = new MemoryStream();
        JsonSerializer.Serialize(line, value, RecordJson.Line);
        line.WriteByte((byte)'\n');
        lock (_gate)
            _file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));    // one write a line: a crash tears at most the last
    }

    public void Dispose() => _file.Dispose();
}
