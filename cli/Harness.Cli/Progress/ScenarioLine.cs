using System.Globalization;
using HdrHistogram;
using Harness.Load;

namespace Harness.Cli.Progress;

/// <summary>What one scenario did in the last second, all phases together.</summary>
internal sealed record ScenarioLine(string Scenario, long Due, long Ok, long Refused, long Unknown, long Dropped, long Open, TimeSpan? P50, TimeSpan? P99)
{
    public static IReadOnlyList<ScenarioLine> Of(IReadOnlyList<LoadInterval> load) =>
    [
        .. load.SelectMany(interval => interval.Scenarios)
            .GroupBy(scenario => scenario.Scenario)
            .Select(group => Of(group.Key, [.. group])),
    ];

    private static ScenarioLine Of(string name, IReadOnlyList<ScenarioInterval> parts)
    {
        var latencies = new LongHistogram(TimeSpan.FromHours(1).Ticks / TimeSpan.TicksPerMicrosecond, 3);
        foreach (ScenarioInterval part in parts)
            latencies.Add(part.Response);
        TimeSpan? Quantile(double percent) =>
            latencies.TotalCount == 0 ? null : TimeSpan.FromMicroseconds(latencies.GetValueAtPercentile(percent));
        return new ScenarioLine(
            name, parts.Sum(part => part.Due), parts.Sum(part => part.Ok), parts.Sum(part => part.Refused), parts.Sum(part => part.Unknown),
            parts.Sum(part => part.Dropped), parts.GroupBy(part => part.Phase).Sum(phase => phase.Last().Open), Quantile(50), Quantile(99));
    }

    public static string Milliseconds(TimeSpan? latency) =>
        latency is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds:0.#} ms") : "–";
}
