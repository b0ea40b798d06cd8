using System.Globalization;
using Harness.Chaos.Environments.Leftovers;

namespace Harness.Chaos.Environments;

/// <summary>A folder for the data of one run, removed with it, or by the next harness when this one comes to a sudden end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "harness-run-";
    private readonly int _intent;

    private TemporaryFolder(string path)
    {
        Path = path;
        _intent = IntentJournal.Own.Note(new FolderIntent(path));
        Directory.CreateDirectory(path);
    }

    public string Path { get; }

    public static TemporaryFolder Create() => new(System.IO.Path.Combine(
        System.IO.Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}")));

    /// <summary>Whether a path is that of such a folder.</summary>
    public static bool IsOurs(string path) =>
        System.IO.Path.GetFullPath(path) == path
        && System.IO.Path.GetDirectoryName(path) == System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetTempPath())
        && System.IO.Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether it is gone now.</summary>
    public static bool TryRemove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
            return true;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // Still held by a dying process: the next harness tries again.
        }
    }

    public void Dispose()
    {
        if (TryRemove(Path))
            IntentJournal.Own.Undone(_intent);
    }
}
