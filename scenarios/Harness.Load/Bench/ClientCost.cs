using System.Globalization;

namespace Harness.Load.Bench;

/// <summary>What a client spends for a request, and what the server spends for it. Medians of all rounds.</summary>
/// <param name="Client">Who was measured.</param>
/// <param name="RequestsPerSecond">Answered.</param>
/// <param name="ClientMicroseconds">Its processor time for each.</param>
/// <param name="ServerMicroseconds">The server's for each.</param>
/// <param name="Ratio">Its own in the server's.</param>
/// <param name="TimesWrk">Its ratio in wrk's of the same run; null when that is not installed.</param>
/// <param name="BytesPerRequest">Allocated; null when nobody can tell.</param>
/// <param name="Goal">What is promised; empty when nothing is.</param>
public sealed record ClientCost(
    string Client, double RequestsPerSecond, double ClientMicroseconds, double ServerMicroseconds, double Ratio, double? TimesWrk, double? BytesPerRequest, string Goal)
{
    internal string Line => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Client} | {RequestsPerSecond:0} | {ClientMicroseconds:0.0} | {ServerMicroseconds:0.0} | {Ratio:0.00} | {(TimesWrk is { } times ? $"{times:0.00}" : "–")} | {(BytesPerRequest is { } bytes ? $"{bytes:0}" : "–")} | {Goal} |");

    /// <param name="client">Who was measured.</param>
    /// <param name="samples">One or more.</param>
    /// <param name="wrk">wrk's ratio in the same run; null when it is not installed.</param>
    internal static ClientCost Of(BenchClient client, IReadOnlyList<CostSample> samples, double? wrk)
    {
        double ratio = BenchMath.Median(samples, sample => sample.Ratio);
        return new ClientCost(
            client.Name,
            BenchMath.Median(samples, sample => sample.RequestsPerSecond),
            BenchMath.Median(samples, sample => sample.ClientMicroseconds),
            BenchMath.Median(samples, sample => sample.ServerMicroseconds),
            ratio,
            ratio / wrk,
            samples[0].Bytes is null ? null : BenchMath.Median(samples, sample => sample.Bytes ?? 0),
            GoalOf(client));
    }

    private static string GoalOf(BenchClient client) => client.Goal is { } most
        ? string.Create(CultureInfo.InvariantCulture, $"≤ {most:0.0} × wrk, {(client.BytesGoal > 0 ? $"≤ {client.BytesGoal} bytes" : "0 bytes")}")
        : "";
}
