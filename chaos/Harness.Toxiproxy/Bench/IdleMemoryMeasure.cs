using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>How much larger the server is with 1000 connections on which nothing happens, in megabytes.</summary>
internal sealed class IdleMemoryMeasure : BenchMeasure
{
    private const int Connections = 1000;

    public override string Name => "1000 idle connections, MB";

    public override string Goal => "≤ 12 MB";

    public override bool HasDirect => false;

    public override async Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken)
    {
        using BenchOrigin origin = BenchOrigin.Silent();
        await using BenchWay way = await subject.OpenAsync(origin, null, cancellationToken);
        double? before = await subject.ResidentBytesAsync(cancellationToken);
        List<Socket> sockets = [];
        try
        {
            for (int i = 0; i < Connections; i++)
                sockets.Add(Connect(way.Address));
            await Task.Delay(length, cancellationToken);
            double? after = await subject.ResidentBytesAsync(cancellationToken);
            return new BenchNumber((after - before) / 1e6 ?? double.NaN, 0, "");
        }
        finally
        {
            sockets.ForEach(s => s.Dispose());
        }
    }
}
