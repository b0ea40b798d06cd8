using System.Text.Json;

namespace Harness.Chaos.Environments.Leftovers;

/// <summary>Finds the journals of harnesses that are gone and undoes what stands in them.</summary>
/// <param name="root">The state folder.</param>
/// <param name="undoing">What undoes a line.</param>
internal sealed class LeftoverFiles(string root, LeftoverUndoing undoing)
{
    /// <summary>Cleans up after every harness of this user that is gone; those that live are left alone.</summary>
    public static Task<LeftoverReport> CleanAsync(CancellationToken cancellationToken) =>
        new LeftoverFiles(StateFolder.Path, new LeftoverUndoing(Externals.ExternalRun.TokenOfProxies)).RunAsync(cancellationToken);

    public async Task<LeftoverReport> RunAsync(CancellationToken cancellationToken)
    {
        string folder = Path.Combine(root, IntentJournal.FolderName);
        var report = new LeftoverReport([], [], []);
        if (!Directory.Exists(folder))
            return report;
        foreach (string file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
            report = report.With(await CleanAsync(file, cancellationToken));
        return report;
    }

    private async Task<LeftoverReport> CleanAsync(string file, CancellationToken cancellationToken)
    {
        var report = new LeftoverReport([], [], []);
        try
        {
            // Its writer holds a lock on it as long as it lives; we hold it while we clean, against another one that does.
            await using var journal = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            IReadOnlyList<IntentLine> lines = await ReadAsync(journal, cancellationToken);
            // Where locks do not work, as on some network drives, the first line still tells.
            if (lines.Count > 0 && lines[0].Holder is { IsAlive: true })
                return report;
            HashSet<int> undone = [.. lines.Where(line => line.Undone).Select(line => line.Id)];
            foreach (Intent left in lines.Where(line => line.Meant is not null && !undone.Contains(line.Id)).Select(line => line.Meant!).OrderBy(Turn))
                report = report.With(await undoing.UndoAsync(left, cancellationToken));
            if (report.Still.Count == 0)
                File.Delete(file);
            return report;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return report; // Held by a living harness, or gone meanwhile.
        }
    }

    /// <summary>Processes before the folders that they hold.</summary>
    private static int Turn(Intent intent) => intent switch { FaultIntent => 0, ProxiesIntent => 1, ProcessIntent => 2, _ => 3 };

    private static async Task<IReadOnlyList<IntentLine>> ReadAsync(Stream journal, CancellationToken cancellationToken)
    {
        var lines = new List<IntentLine>();
        using var reader = new StreamReader(journal, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } text)
        {
            try
            {
                lines.Add(JsonSerializer.Deserialize<IntentLine>(text, IntentJournal.Format)!);
            }
            catch (JsonException)
            {
                break; // The power went while this line was written: what it meant was not yet done.
            }
        }

        return lines;
    }
}

/// <summary>What was found of harnesses that are gone, a sentence each.</summary>
/// <param name="Found">Faults that were in place.</param>
/// <param name="Undone">What was cleaned up.</param>
/// <param name="Still">What is still wrong, and how to mend it.</param>
public sealed record LeftoverReport(IReadOnlyList<string> Found, IReadOnlyList<string> Undone, IReadOnlyList<string> Still)
{
    /// <summary>Cleans up after every harness of this user that is gone.</summary>
    public static Task<LeftoverReport> CleanAsync(CancellationToken cancellationToken) => LeftoverFiles.CleanAsync(cancellationToken);

    internal LeftoverReport With(LeftoverReport other) => new([.. Found, .. other.Found], [.. Undone, .. other.Undone], [.. Still, .. other.Still]);
}
