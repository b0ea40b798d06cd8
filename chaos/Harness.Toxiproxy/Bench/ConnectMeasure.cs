using System.Diagnostics;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>Connect, one byte there and back, close; one after the other.</summary>
internal sealed class ConnectMeasure : BenchMeasure
{
    public override string Name => "new connections/s";

    public override string Goal => "≥ 0.7 × direct";

    public override async Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken)
    {
        using BenchOrigin origin = BenchOrigin.Echo();
        await using BenchWay way = await subject.OpenAsync(origin, null, cancellationToken);
        return await OnThreadAsync(() => Measure(way, length, cancellationToken));
    }

    private static BenchNumber Measure(BenchWay way, TimeSpan length, CancellationToken cancellationToken)
    {
        byte[] one = new byte[1];
        long count = 0, start = Stopwatch.GetTimestamp();
        for (; Stopwatch.GetElapsedTime(start) < length && !cancellationToken.IsCancellationRequested; count++)
        {
            using Socket socket = Connect(way.Address);
            socket.Send(one);
            ReceiveExactly(socket, one, 1);
            // No port may stay in TIME_WAIT: there are only so many.
            socket.LingerState = new LingerOption(true, 0);
        }
        return new BenchNumber(count / Stopwatch.GetElapsedTime(start).TotalSeconds, count / 1e6, "million connections");
    }
}
