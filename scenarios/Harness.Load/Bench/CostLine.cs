using System.Globalization;

namespace Harness.Load.Bench;

/// <summary>A row of the comparison.</summary>
internal static class CostLine
{
    /// <param name="client">Who was measured.</param>
    /// <param name="samples">One or more.</param>
    /// <param name="wrk">wrk's ratio in the same run; null when it is not installed.</param>
    public static string Of(BenchClient client, IReadOnlyList<CostSample> samples, double? wrk)
    {
        double ratio = BenchMath.Median(samples, sample => sample.Ratio);
        double? bytes = samples[0].Bytes is null ? null : BenchMath.Median(samples, sample => sample.Bytes ?? 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {client.Name} | {BenchMath.Median(samples, sample => sample.RequestsPerSecond):0} | {BenchMath.Median(samples, sample => sample.ClientMicroseconds):0.0} | {BenchMath.Median(samples, sample => sample.ServerMicroseconds):0.0} | {ratio:0.00} | {(wrk is { } one ? $"{ratio / one:0.00}" : "–")} | {(bytes is { } some ? $"{some:0}" : "–")} | {Goal(client)} |");
    }

    private static string Goal(BenchClient client) => client.Goal is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"≤ {most:0.0} × wrk, {(client.BytesGoal > 0 ? $"≤ {client.BytesGoal} bytes" : "0 bytes")}")
        : "";
}
