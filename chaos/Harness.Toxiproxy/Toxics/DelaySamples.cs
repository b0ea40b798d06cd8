using System.Collections.Concurrent;
using System.Globalization;

namespace Harness.Toxiproxy.Toxics;

/// <summary>Delays from files, one in milliseconds a line; each file is read once.</summary>
internal static class DelaySamples
{
    private static readonly ConcurrentDictionary<string, double[]> Loaded = new();

    /// <returns>What is wrong with the file; null when nothing is.</returns>
    public static string? Load(string file, out double[] samples)
    {
        if (Loaded.TryGetValue(file, out double[]? known))
        {
            samples = known;
            return null;
        }
        samples = [];
        try
        {
            string[] lines = [.. File.ReadLines(file).Select(l => l.Trim()).Where(l => l.Length > 0)];
            if (lines.FirstOrDefault(l => !IsDelay(l)) is { } odd)
                return $"file {file}: \"{odd}\" is no delay in milliseconds";
            if (lines.Length == 0)
                return $"file {file} holds no delays";
            samples = Loaded[file] = [.. lines.Select(l => double.Parse(l, CultureInfo.InvariantCulture))];
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"file {file}: {unreadable.Message}";
        }
    }

    private static bool IsDelay(string line) =>
        double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double delay) && delay >= 0 && double.IsFinite(delay);
}
