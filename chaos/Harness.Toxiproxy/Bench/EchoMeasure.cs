using System.Diagnostics;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>Round trips of 64 bytes on one connection: their median in microseconds.</summary>
internal sealed class EchoMeasure : BenchMeasure
{
    public override string Name => "64 B echo, p50 µs";

    public override string Goal => "≤ 2.5 × direct, ≤ 35 µs CPU";

    public override async Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken)
    {
        using BenchOrigin origin = BenchOrigin.Echo();
        await using BenchWay way = await subject.OpenAsync(origin, null, cancellationToken);
        return await OnThreadAsync(() => Measure(way, length, cancellationToken));
    }

    private static BenchNumber Measure(BenchWay way, TimeSpan length, CancellationToken cancellationToken)
    {
        using Socket socket = Connect(way.Address);
        byte[] message = new byte[64];
        var micros = new List<double>(1 << 16);
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < length && !cancellationToken.IsCancellationRequested)
        {
            long sent = Stopwatch.GetTimestamp();
            socket.Send(message);
            ReceiveExactly(socket, message, message.Length);
            micros.Add(Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
        }
        return new BenchNumber(Quantile(micros, 0.5), micros.Count / 1e6, "million round trips");
    }
}
