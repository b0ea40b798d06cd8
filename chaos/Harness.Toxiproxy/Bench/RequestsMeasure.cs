using System.Diagnostics;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>Requests of 256 bytes over 32 connections at once, a thousand a second.</summary>
internal sealed class RequestsMeasure : BenchMeasure
{
    private const int Connections = 32, RequestSize = 256;

    public override string Name => "requests over 32 connections, k/s";

    public override string Goal => "≥ 0.65 × direct";

    public override async Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken)
    {
        using BenchOrigin origin = BenchOrigin.Echo();
        await using BenchWay way = await subject.OpenAsync(origin, null, cancellationToken);
        long[] counts = await Task.WhenAll(
            Enumerable.Range(0, Connections).Select(_ => OnThreadAsync(() => Count(way, length, cancellationToken))));
        return new BenchNumber(counts.Sum() / 1e3 / length.TotalSeconds, counts.Sum() / 1e6, "million requests");
    }

    private static long Count(BenchWay way, TimeSpan length, CancellationToken cancellationToken)
    {
        using Socket socket = Connect(way.Address);
        byte[] message = new byte[RequestSize];
        long count = 0, start = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(start) < length && !cancellationToken.IsCancellationRequested; count++)
        {
            socket.Send(message);
            ReceiveExactly(socket, message, message.Length);
        }
        return count;
    }
}
