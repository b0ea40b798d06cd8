using System.Globalization;
using System.Text;
using System.Text.Json;
using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports;

/// <summary>The run's numbers for programs: the verdict and latencies as JSON, the latencies as CSV for spreadsheets.</summary>
public static class RunTables
{
    /// <summary>Of the shape below; it changes only with this number.</summary>
    public const int FormatVersion = 1;

    /// <summary>The run as <see cref="RunNumbers"/>.</summary>
    public static string Json(RunFacts facts) => JsonSerializer.Serialize(RunNumbers.Of(facts), RecordJson.Document) + "\n";

    /// <summary>One line for each measure and phase, below a line of names; latencies in microseconds.</summary>
    /// <remarks>RFC 4180, but for line ends, which are those of every other file here.</remarks>
    public static string Csv(RunFacts facts)
    {
        var text = new StringBuilder("scenario,step,phase,count,p50_us,p90_us,p99_us,p999_us,max_us\n");
        foreach (var (scenario, step, phase, latency) in LatencyRow.Of(facts))
        {
            text.Append(CultureInfo.InvariantCulture, $"{Cell(scenario)},{Cell(step ?? "")},{Written.Word(phase)},{latency.Count},{latency.P50.TotalMicroseconds:0},")
                .Append(CultureInfo.InvariantCulture, $"{latency.P90?.TotalMicroseconds:0},{latency.P99?.TotalMicroseconds:0},{latency.P999?.TotalMicroseconds:0},{latency.Max.TotalMicroseconds:0}\n");
        }

        return text.ToString();
    }

    // A name that a spreadsheet would take for a formula is made text first: names come from outside.
    private static string Cell(string name)
    {
        string text = name.Length > 0 && "=+-@\t\r".Contains(name[0], StringComparison.Ordinal) ? "'" + name : name;
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
