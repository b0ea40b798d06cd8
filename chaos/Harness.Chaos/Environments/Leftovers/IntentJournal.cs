using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Harness.Chaos.Environments.Processes;

namespace Harness.Chaos.Environments.Leftovers;

/// <summary>
/// What this process has to undo, on the disk before it is done: should the process, those that guard it and the machine all go at once, the next harness
/// reads it and cleans up (<see cref="LeftoverFiles"/>). The file is locked while its writer lives and removed when nothing is left to undo.
/// </summary>
internal sealed class IntentJournal(string root) : IDisposable
{
    public const string FolderName = "intents";

    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    private readonly Lock _writing = new();
    private readonly HashSet<int> _open = [];
    private FileStream? _file;
    private int _last;

    /// <summary>The one of this process.</summary>
    public static IntentJournal Own { get; } = new(StateFolder.Path);

    /// <summary>Notes something; returns when it is on the disk. Where no file can be written it does without: a run on a read-only home is still a run.</summary>
    /// <returns>Its number, for <see cref="Undone"/>.</returns>
    public int Note(Intent intent)
    {
        lock (_writing)
        {
            int id = ++_last;
            _open.Add(id);
            _file ??= TryOpen();
            Write(new IntentLine { Id = id, Meant = intent });
            return id;
        }
    }

    /// <summary>It is undone; asked again, nothing happens.</summary>
    public void Undone(int id)
    {
        lock (_writing)
        {
            if (!_open.Remove(id) || _file is null)
                return;
            Write(new IntentLine { Id = id, Undone = true });
            if (_open.Count > 0)
                return;
            // Removed while it is still locked: nobody can take it for a dead one's.
            File.Delete(_file.Name);
            _file.Dispose();
            _file = null;
        }
    }

    /// <summary>Lets go of the file and leaves it there, as a sudden end does.</summary>
    public void Dispose()
    {
        lock (_writing)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private FileStream? TryOpen()
    {
        if (ProcessMark.Of(Environment.ProcessId) is not { } holder || StateFolder.TryMake(root, FolderName) is not { } folder)
            return null;
        try
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"{holder.Id}-{holder.Birth}-{Guid.NewGuid().ToString("N")[..8]}.jsonl");
            _file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            Write(new IntentLine { Holder = holder, Command = string.Join(' ', Environment.GetCommandLineArgs().Skip(1)) });
            return _file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Write(IntentLine line)
    {
        if (_file is null)
            return;
        JsonSerializer.Serialize(_file, line, Format);
        _file.WriteByte((byte)'\n');
        _file.Flush(flushToDisk: true);
    }
}
