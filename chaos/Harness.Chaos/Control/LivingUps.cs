using System.Text.Json;
using Harness.Chaos.Environments.Leftovers;
using Harness.Chaos.Environments.Processes;
using Harness.Records;

namespace Harness.Chaos.Control;

/// <summary>Where a system that is up can be controlled, for other commands of the same user.</summary>
/// <param name="Url">Of its control API.</param>
/// <param name="Token">What it wants to hear, <c>Authorization: Bearer …</c>.</param>
/// <param name="Environment"><c>local</c>.</param>
/// <param name="Record">The folder of its record.</param>
/// <param name="StartedAt">By the wall clock, in UTC.</param>
public sealed record LivingUp(Uri Url, string Token, string Environment, string Record, DateTimeOffset StartedAt);

/// <summary>Files that say which systems are up, one each, that only their owner can read; gone with the system, and disregarded when its process is.</summary>
public static class LivingUps
{
    private const string Folder = "up";

    /// <summary>Every system of this user that is up, the newest first.</summary>
    public static IReadOnlyList<LivingUp> All()
    {
        string folder = Path.Combine(StateFolder.Path, Folder);
        if (!Directory.Exists(folder))
            return [];
        var living = new List<LivingUp>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.json"))
        {
            if (TryRead(file) is not { } note)
                continue;
            if (note.Process.IsAlive)
                living.Add(note.Up);
            else
                TryDelete(file);
        }

        return [.. living.OrderByDescending(up => up.StartedAt)];
    }

    /// <summary>Notes that this process keeps a system up.</summary>
    /// <returns>The file, which is deleted when this is disposed; a path of null when it could not be written.</returns>
    public static UpNote Write(LivingUp up)
    {
        if (StateFolder.TryMake(StateFolder.Path, Folder) is not { } folder || ProcessMark.Of(Environment.ProcessId) is not { } mark)
            return new UpNote(null);
        string file = Path.Combine(folder, $"{mark.Id}.json");
        try
        {
            using FileStream stream = Create(file);
            JsonSerializer.Serialize(stream, new Note(up, mark), RecordJson.Line);
            return new UpNote(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new UpNote(null);
        }
    }

    private static Note? TryRead(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Note>(File.ReadAllText(file), RecordJson.Line);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A new file, in the place of whatever was there, that only its owner can read.</summary>
    internal static FileStream Create(string file)
    {
        TryDelete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(file, options);
    }

    internal static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Its process will be gone, and then nobody believes it.
            return;
        }
    }

    private sealed record Note(LivingUp Up, ProcessMark Process);
}

/// <summary>The file of a system that is up.</summary>
/// <param name="path">Null when there is none.</param>
public sealed class UpNote(string? path) : IDisposable
{
    private string? _opener;

    public string? Path => path;

    /// <summary>A page beside it that leads to <paramref name="address"/>: a secret in it would be for everybody to read on the command line of a browser.</summary>
    /// <returns>Its path; null when it could not be written.</returns>
    public string? WriteOpener(string address)
    {
        if (path is null)
            return null;
        string file = System.IO.Path.ChangeExtension(path, ".html");
        try
        {
            using var page = new StreamWriter(LivingUps.Create(file));
            page.Write($"<!doctype html><meta charset=\"utf-8\"><title>Harness</title><meta http-equiv=\"refresh\" content=\"0; url={System.Net.WebUtility.HtmlEncode(address)}\">");
            return _opener = file;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (string file in new[] { path, _opener }.OfType<string>())
            LivingUps.TryDelete(file);
    }
}
