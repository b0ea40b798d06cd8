using System.Collections.Concurrent;
using System.Globalization;

namespace Harness.Toxiproxy.Toxics;

/// <summary>Delays from files, one in milliseconds a line; a file is read when a toxic names it, never while traffic flows.</summary>
internal static class DelaySamples
{
    private const long FileBytesMax = 16 * 1024 * 1024;

    private static readonly ConcurrentDictionary<string, double[]> Known = new();

    /// <summary>The delays of a file that was read; none of one that was not.</summary>
    public static double[] Of(string file) => Known.GetValueOrDefault(file, []);

    /// <summary>Reads a file, again if it was read before.</summary>
    /// <returns>What is wrong with it, without a word of what it holds; null when nothing is.</returns>
    public static string? Read(string file)
    {
        try
        {
            // Devices and pipes, which have no end, have no length either.
            long length = new FileInfo(file).Length;
            if (length > FileBytesMax)
                return $"file {file} is larger than {FileBytesMax / 1024 / 1024} MiB";
            return length == 0 ? $"file {file} holds no delays" : ReadLines(file);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"file {file}: {unreadable.Message}";
        }
    }

    private static string? ReadLines(string file)
    {
        var samples = new List<double>();
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (!double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double delay) || delay < 0 || !double.IsFinite(delay))
                return $"file {file}: line {number} is no delay in milliseconds";
            samples.Add(delay);
        }
        if (samples.Count == 0)
            return $"file {file} holds no delays";
        Known[file] = [.. samples];
        return null;
    }
}
