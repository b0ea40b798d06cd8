using System.Globalization;

namespace Harness.Chaos.Conducting;

/// <summary>Reads metrics in the Prometheus text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    /// <summary>Every sample by its name and labels as written; comments and what is no number are passed over.</summary>
    public static Dictionary<string, double> Parse(string text)
    {
        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim();
            if (line.IsEmpty || line[0] == '#')
                continue;
            int nameEnd = line.LastIndexOf('}') + 1;
            if (nameEnd == 0)
                nameEnd = line.IndexOf(' ');
            if (nameEnd <= 0)
                continue;
            ReadOnlySpan<char> value = line[nameEnd..].TrimStart();
            int valueEnd = value.IndexOf(' ');
            if (double.TryParse(valueEnd < 0 ? value : value[..valueEnd], NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number))
                samples[line[..nameEnd].ToString()] = number;
        }

        return samples;
    }
}
