using System.Diagnostics;

namespace Harness.Toxiproxy.Bench;

/// <summary>HTTP/1.1 requests over 32 connections at once, in thousands a second, asked by <see cref="HttpClient"/> as a service would.</summary>
internal sealed class RequestsMeasure : BenchMeasure
{
    private const int Connections = 32;

    public override string Name => "HTTP, 32 connections, k requests/s";

    public override string Goal => "≥ 0.65 × direct";

    public override async Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken)
    {
        using BenchOrigin origin = BenchOrigin.Http();
        await using BenchWay way = await subject.OpenAsync(origin, null, cancellationToken);
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Connections, UseProxy = false, UseCookies = false };
        using var client = new HttpClient(handler);
        var url = new Uri($"http://{way.Address}/hello");
        long start = Stopwatch.GetTimestamp();
        long[] counts = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(_ => Task.Run(() => CountAsync(client, url, start, length, cancellationToken), cancellationToken)));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new BenchNumber(counts.Sum() / 1e3 / seconds, counts.Sum() / 1e6, "million requests");
    }

    private static async Task<long> CountAsync(HttpClient client, Uri url, long start, TimeSpan length, CancellationToken cancellationToken)
    {
        long count = 0;
        for (; Stopwatch.GetElapsedTime(start) < length; count++)
        {
            byte[] body = await client.GetByteArrayAsync(url, cancellationToken);
            if (body.Length != BenchOrigin.HttpBodyLength)
                throw new ToxiproxyException($"An answer of {body.Length} bytes came in place of {BenchOrigin.HttpBodyLength}.");
        }
        return count;
    }
}
