using System.Globalization;
using System.Text;
using HdrHistogram;

namespace Harness.Records;

/// <summary>Writes <c>latency.hlog</c>: HdrHistogram's interval log, so that HistogramLogAnalyzer and every HdrHistogram library open it.
/// Lines are relative to the start of the run; values are microseconds, <c>Interval_Max</c> is in seconds.</summary>
/// <remarks>The package's own writer writes UTF-16, which no other tool reads, and cannot express less than a millisecond.</remarks>
internal sealed class LatencyLogWriter : IDisposable
{
    private const double MicrosecondsPerSecond = 1_000_000;
    private readonly FileStream _file;
    private readonly Lock _gate = new();

    public LatencyLogWriter(string path, DateTimeOffset startedAt)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        double seconds = startedAt.ToUnixTimeMilliseconds() / 1000.0;
        WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            #[Histogram log format version 1.3]
            #[Values are microseconds]
            #[StartTime: {seconds:F3} (seconds since epoch), {startedAt.UtcDateTime:o}]
            #[BaseTime: {seconds:F3} (seconds since epoch)]
            "StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"
            """));
    }

    public void Write(LatencyTag tag, TimeSpan start, TimeSpan length, HistogramBase microseconds)
    {
        double max = microseconds.TotalCount == 0 ? 0 : microseconds.GetMaxValue() / MicrosecondsPerSecond;
        string encoded = Convert.ToBase64String(LatencyCodec.Encode(microseconds));
        WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Tag={tag},{start.TotalSeconds:F6},{length.TotalSeconds:F6},{max:F6},{encoded}"));
    }

    public void Dispose() => _file.Dispose();

    // One write a line, so that a crash tears at most the last one.
    private void WriteLine(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        lock (_gate)
            _file.Write(bytes);
    }
}
