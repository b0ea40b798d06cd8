using System.Diagnostics;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>HTTP/1.1 requests over 32 connections at once, in thousands a second.</summary>
internal sealed class RequestsMeasure : BenchMeasure
{
    private const int Connections = 32;

    private static readonly byte[] Request = "GET /hello HTTP/1.1\r\nHost: bench\r\n\r\n"u8.ToArray();

    public override string Name => "HTTP, 32 connections, k requests/s";

    public override string Goal => "≥ 0.65 × direct";

    public override async Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken)
    {
        using BenchOrigin origin = BenchOrigin.Http();
        await using BenchWay way = await subject.OpenAsync(origin, null, cancellationToken);
        long[] counts = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(_ => OnThreadAsync(() => Count(way, length, cancellationToken))));
        return new BenchNumber(counts.Sum() / 1e3 / length.TotalSeconds, counts.Sum() / 1e6, "million requests");
    }

    private static long Count(BenchWay way, TimeSpan length, CancellationToken cancellationToken)
    {
        using Socket socket = Connect(way.Address);
        byte[] answer = new byte[BenchOrigin.HttpAnswer.Length];
        long count = 0, start = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(start) < length && !cancellationToken.IsCancellationRequested; count++)
        {
            socket.Send(Request);
            ReceiveExactly(socket, answer, answer.Length);
        }
        return count;
    }
}
