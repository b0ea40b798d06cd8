using Harness.Checks.Histories;

namespace Harness.Checks.Workloads;

/// <summary>How long things took to become so, as the numbers of a result: nearest rank, in milliseconds.</summary>
internal sealed class Latencies(ParsedHistory history)
{
    private readonly List<TimeSpan> _latencies = [];

    public void Add(TimeSpan latency) => _latencies.Add(latency < TimeSpan.Zero ? TimeSpan.Zero : latency);

    /// <summary>Adds <c>NAMEP50Milliseconds</c>, <c>P99</c> and <c>Max</c>. Nothing in a history of others, where the order of lines is the only
    /// time.</summary>
    public void AddTo(Dictionary<string, double> numbers, string name)
    {
        if (history.SpeaksKnossos || history.Format == HistoryFile.JepsenLog || _latencies.Count == 0)
            return;

        _latencies.Sort();
        numbers[$"{name}P50Milliseconds"] = At(50);
        numbers[$"{name}P99Milliseconds"] = At(99);
        numbers[$"{name}MaxMilliseconds"] = At(100);
    }

    private double At(int percent) => _latencies[Math.Max(0, (int)(((long)_latencies.Count * percent + 99) / 100) - 1)].TotalMilliseconds;
}
