using System.Diagnostics;

namespace Harness.Load.Bench;

/// <summary>What a client spends on a request, beside what the server spends on it in the same window.</summary>
internal static class CostMeasure
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    public static async Task<CostSample> SampleAsync(BenchClient client, BenchOrigin origin, TimeSpan length, CancellationToken cancellationToken)
    {
        await using IBenchLoad load = await client.StartAsync(origin.Url);
        await Task.Delay(WarmUp, cancellationToken);
        Reading before = await ReadAsync(load, origin, cancellationToken);
        await Task.Delay(length, cancellationToken);
        Reading after = await ReadAsync(load, origin, cancellationToken);
        long requests = after.Requests - before.Requests;
        return new CostSample(
            requests / Stopwatch.GetElapsedTime(before.Timestamp, after.Timestamp).TotalSeconds,
            (after.Client - before.Client).TotalMicroseconds / requests,
            (after.Server - before.Server).TotalMicroseconds / requests,
            (double?)(after.Bytes - before.Bytes) / requests);
    }

    private static async Task<Reading> ReadAsync(IBenchLoad load, BenchOrigin origin, CancellationToken cancellationToken)
    {
        long requests = await origin.CountAsync(cancellationToken);
        return new Reading(Stopwatch.GetTimestamp(), requests, load.Cpu, origin.Cpu, load.AllocatedBytes);
    }

    private sealed record Reading(long Timestamp, long Requests, TimeSpan Client, TimeSpan Server, long? Bytes);
}

/// <summary>One window.</summary>
/// <param name="RequestsPerSecond">As the server counted them.</param>
/// <param name="ClientMicroseconds">Processor time of the client a request.</param>
/// <param name="ServerMicroseconds">Processor time of the server a request.</param>
/// <param name="Bytes">What the client allocated a request; null when nobody can tell.</param>
internal sealed record CostSample(double RequestsPerSecond, double ClientMicroseconds, double ServerMicroseconds, double? Bytes)
{
    public double Ratio => ClientMicroseconds / ServerMicroseconds;
}
