using HdrHistogram;

namespace Harness.Load.Reporting;

/// <summary>What came of a scenario or of one of its steps, as a line of a table. Times in ms.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">Null for the whole iteration.</param>
/// <param name="Due">Arrivals whose moment came; null for a step.</param>
/// <param name="Sent">Iterations that were started; null for a step.</param>
/// <param name="Ok">Ended ok.</param>
/// <param name="Refused">Surely had no effect.</param>
/// <param name="Unknown">May have had one.</param>
/// <param name="Dropped">Not started, as too many were open; null for a step.</param>
/// <param name="Open">Neither dropped nor ended; null for a step.</param>
/// <param name="OkPerSecond">Over the real time that the load took.</param>
/// <param name="Latency">From due to ended (a step: from its start), everything that ended.</param>
/// <param name="Service">From sent to ended; null for a step.</param>
/// <param name="Errors">What was not ok, by class.</param>
public sealed record LoadRow(
    string Scenario, string? Step, long? Due, long? Sent, long Ok, long Refused, long Unknown, long? Dropped, long? Open,
    double OkPerSecond, LatencyRow Latency, LatencyRow? Service, IReadOnlyDictionary<string, long> Errors)
{
    /// <summary>A row for each scenario, and behind it one for each of its steps.</summary>
    public static IReadOnlyList<LoadRow> Of(LoadResult result) =>
        [.. result.Scenarios.SelectMany(scenario => OfScenario(scenario.Total, result.Duration.TotalSeconds))];

    private static IEnumerable<LoadRow> OfScenario(ScenarioInterval total, double seconds)
    {
        yield return new LoadRow(
            total.Scenario, null, total.Due, total.Sent, total.Ok, total.Refused, total.Unknown, total.Dropped, total.Open,
            PerSecond(total.Ok, seconds), LatencyRow.Of(total.Response), LatencyRow.Of(total.Service), total.Errors);
        foreach (StepInterval step in total.Steps)
        {
            yield return new LoadRow(
                total.Scenario, step.Step, null, null, step.Ok, step.Refused, step.Unknown, null, null,
                PerSecond(step.Ok, seconds), LatencyRow.Of(step.Latency), null, step.Errors);
        }
    }

    private static double PerSecond(long count, double seconds) => seconds > 0 ? count / seconds : 0;
}

/// <summary>Quantiles in ms; all 0 when nothing was measured.</summary>
/// <param name="P50">The median, in ms.</param>
/// <param name="P90">90 %, in ms.</param>
/// <param name="P95">95 %, in ms.</param>
/// <param name="P99">99 %, in ms.</param>
/// <param name="P999">99.9 %, in ms.</param>
/// <param name="P9999">99.99 %, in ms.</param>
/// <param name="Max">The longest, in ms.</param>
/// <param name="Mean">In ms.</param>
public sealed record LatencyRow(double P50, double P90, double P95, double P99, double P999, double P9999, double Max, double Mean)
{
    private const double MicrosecondsPerMs = 1000;

    internal static LatencyRow Of(HistogramBase microseconds)
    {
        double At(double percentile) => microseconds.TotalCount == 0 ? 0 : microseconds.GetValueAtPercentile(percentile) / MicrosecondsPerMs;
        return new LatencyRow(
            At(50), At(90), At(95), At(99), At(99.9), At(99.99), At(100), microseconds.TotalCount == 0 ? 0 : microseconds.GetMean() / MicrosecondsPerMs);
    }
}
