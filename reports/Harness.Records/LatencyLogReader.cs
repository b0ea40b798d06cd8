using System.Globalization;

namespace Harness.Records;

/// <summary>Reads the intervals of a <c>latency.hlog</c> that was written by this project.</summary>
internal static class LatencyLogReader
{
    private const string TagPrefix = "Tag=";

    public static IReadOnlyList<LatencyInterval> Read(string path) => RecordLines.Read(path, Parse);

    private static LatencyInterval? Parse(string line)
    {
        if (line is ['#' or '"', ..])
            return null;

        if (line.Split(',') is not [var tag, var start, var length, _, var encoded] || !tag.StartsWith(TagPrefix, StringComparison.Ordinal))
            throw new FormatException("it is no tagged histogram line");

        LatencyTag known = LatencyTag.Parse(tag[TagPrefix.Length..]) ?? throw new FormatException($"'{tag}' names no phase, scenario and measure");
        byte[] bytes = Convert.FromBase64String(encoded);
        _ = LatencyCodec.Decode(bytes);    // a damaged line must be found here, where file and line are known
        return new LatencyInterval(known, Seconds(start), Seconds(length), bytes);
    }

    private static TimeSpan Seconds(string text) =>
        TimeSpan.FromMicroseconds(Math.Round(double.Parse(text, CultureInfo.InvariantCulture) * 1_000_000));
}
