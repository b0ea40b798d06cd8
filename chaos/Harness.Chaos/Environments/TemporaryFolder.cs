using System.Diagnostics;
using System.Globalization;

namespace Harness.Chaos.Environments;

/// <summary>
/// A folder for the data of one run, removed with it. Its name carries the process that made it, so that a later run can tell what a crash
/// left behind from what is in use.
/// </summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string Prefix = "harness-run-";

    private TemporaryFolder(string path) => Path = path;

    public string Path { get; }

    public static TemporaryFolder Create()
    {
        RemoveLeftovers();
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(path);
        return new TemporaryFolder(path);
    }

    public void Dispose() => Remove(Path);

    /// <summary>Removes the folders of processes that are gone.</summary>
    private static void RemoveLeftovers()
    {
        foreach (string folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
        {
            string owner = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, CultureInfo.InvariantCulture, out int processId) && !IsAlive(processId))
                Remove(folder);
        }
    }

    private static bool IsAlive(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another user's, or still held by a dying process: the next run tries again.
        }
    }
}
