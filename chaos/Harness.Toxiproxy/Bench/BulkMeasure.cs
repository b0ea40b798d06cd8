using System.Diagnostics;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>One stream, as fast as it goes; also under a bandwidth toxic.</summary>
internal sealed class BulkMeasure(Toxic? toxic, string name, string goal) : BenchMeasure
{
    public override string Name => name;

    public override string Goal => goal;

    public override bool HasDirect => toxic is null;

    public override async Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken)
    {
        using BenchOrigin origin = BenchOrigin.Source();
        await using BenchWay way = await subject.OpenAsync(origin, toxic, cancellationToken);
        return await OnThreadAsync(() => Measure(way, length, cancellationToken));
    }

    private static BenchNumber Measure(BenchWay way, TimeSpan length, CancellationToken cancellationToken)
    {
        using Socket socket = Connect(way.Address);
        byte[] buffer = new byte[256 * 1024];
        long bytes = 0, start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < length && !cancellationToken.IsCancellationRequested)
            bytes += socket.Receive(buffer);
        return new BenchNumber(bytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds, bytes / 1e9, "GB");
    }
}
