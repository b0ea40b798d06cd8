using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Expectations;

/// <summary>Writes an expectation as its author wrote it in the experiment.</summary>
public static class ExpectationText
{
    /// <returns><c>availability: { scenario: checkout, phase: fault, min: 0.99 }</c></returns>
    public static string Of(Expectation expectation) => expectation switch
    {
        AvailabilityExpectation a => $"availability: {{ {Whose(a.Scenario, a.Step, a.Phase)}, min: {Number(a.MinRatio)} }}",
        LatencyExpectation l => $"latency: {{ {Whose(l.Scenario, l.Step, l.Phase)}, {Percentile(l.Quantile)}: {{ max: {Duration(l.Max)} }} }}",
        SettledExpectation s => $"settled: {{ within: {Duration(s.Within)} }}",
        CostExpectation c => $"cost: {{ scenario: {c.Scenario}{(c.BytesMax is { } bytes ? $", bytes: {{ max: {Number(bytes / 1000)}kB }}" : "")}{(c.CpuMax is { } cpu ? $", cpu: {{ max: {Duration(cpu)} }}" : "")} }}",
        ThresholdExpectation t => $"threshold: {{ scenario: {t.Scenario}{(t.Step is null ? "" : $", step: {t.Step}")}, check: \"{t.Check}\" }}",
        ChecksExpectation c => $"checks: [{string.Join(", ", c.Names)}]",
        _ => expectation.ToString(),
    };

    /// <returns><c>p99.9</c> for 0.999.</returns>
    public static string Percentile(decimal quantile) => $"p{(quantile * 100).ToString("0.######", CultureInfo.InvariantCulture)}";

    /// <returns><c>15s</c>, or <c>80.5ms</c> below a second.</returns>
    public static string Duration(TimeSpan duration) => duration < TimeSpan.FromSeconds(1)
        ? $"{Number(duration.TotalMilliseconds)}ms"
        : $"{Number(duration.TotalSeconds)}s";

    private static string Whose(string scenario, string? step, Phase phase) =>
        $"scenario: {scenario}{(step is null ? "" : $", step: {step}")}, phase: {phase.ToString().ToLowerInvariant()}";

    private static string Number(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
