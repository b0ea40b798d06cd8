using Harness.Records;
using Harness.Reports.Figures;

namespace Harness.Reports;

/// <summary><c>report.json</c>: the run's identity, its verdict with every result, and a row for each measure and phase.</summary>
/// <param name="FormatVersion">Of this shape.</param>
/// <param name="Id">The folder's name.</param>
/// <param name="Experiment">Its name.</param>
/// <param name="Seed">Fixes arrivals, keys and faults.</param>
/// <param name="Command">Repeats it.</param>
/// <param name="Verdict">The answer.</param>
/// <param name="Sentence">The verdict and its first reason.</param>
/// <param name="Results">Every answer it was made from.</param>
/// <param name="Latency">A row for each measure and phase.</param>
public sealed record RunNumbers(
    int FormatVersion, string Id, string Experiment, int Seed, string Command, Verdict Verdict, string Sentence, IReadOnlyList<CheckResult> Results, IReadOnlyList<LatencyNumbers> Latency)
{
    public static RunNumbers Of(RunFacts facts) => new(
        RunTables.FormatVersion, facts.Description.Id, facts.Description.Experiment, facts.Description.Seed, facts.Description.Command, facts.Verdict.Verdict,
        facts.Verdict.Sentence, facts.Verdict.Results, [.. LatencyRow.Of(facts).Select(LatencyNumbers.Of)]);
}

/// <summary>Quantiles of what was due in a phase.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Step">One step of it; null for the whole iteration, counted from its due time.</param>
/// <param name="Phase">The phase in which the arrivals were due.</param>
/// <param name="Count">How many were measured.</param>
/// <param name="P50">The median.</param>
/// <param name="P90">Null when too few were measured to tell.</param>
/// <param name="P99">Null when too few were measured to tell.</param>
/// <param name="P999">Null when too few were measured to tell.</param>
/// <param name="Max">The longest.</param>
public sealed record LatencyNumbers(
    string Scenario, string? Step, Phase Phase, long Count, TimeSpan P50, TimeSpan? P90, TimeSpan? P99, TimeSpan? P999, TimeSpan Max)
{
    internal static LatencyNumbers Of(LatencyRow row) => new(
        row.Scenario, row.Step, row.Phase, row.Latency.Count, row.Latency.P50, row.Latency.P90, row.Latency.P99, row.Latency.P999, row.Latency.Max);
}
