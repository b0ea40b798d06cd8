using System.Diagnostics;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>By how much a latency toxic is later than asked, p99 in milliseconds. The way itself counts too. Negative would be early.</summary>
internal sealed class DelayMeasure(TimeSpan delay, int connections, string goal) : BenchMeasure
{
    public override string Name => connections == 1
        ? $"latency toxic {delay.TotalMilliseconds} ms, over p99 ms"
        : $"the same, {connections} connections at once";

    public override string Goal => goal;

    public override bool HasDirect => false;

    public override async Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken)
    {
        using BenchOrigin origin = BenchOrigin.Echo();
        await using BenchWay way = await subject.OpenAsync(origin, new LatencyToxic { Latency = delay }, cancellationToken);
        return await OnThreadAsync(() => Measure(way, length, cancellationToken));
    }

    private BenchNumber Measure(BenchWay way, TimeSpan length, CancellationToken cancellationToken)
    {
        List<Socket> sockets = [.. Enumerable.Range(0, connections).Select(_ => Connect(way.Address))];
        byte[] one = new byte[1];
        var late = new List<double>();
        // The first round opens the connections behind the proxy and is no measurement.
        Round(sockets, one, []);
        long start = Stopwatch.GetTimestamp();
        do
            Round(sockets, one, late);
        while (Stopwatch.GetElapsedTime(start) < length && !cancellationToken.IsCancellationRequested);
        sockets.ForEach(s => s.Dispose());
        return new BenchNumber(Quantile(late, 0.99), 0, "");
    }

    private void Round(List<Socket> sockets, byte[] one, List<double> late)
    {
        long[] sent = [.. sockets.Select(s => SendOne(s, one))];
        for (int i = 0; i < connections; i++)
        {
            ReceiveExactly(sockets[i], one, 1);
            late.Add((Stopwatch.GetElapsedTime(sent[i]) - delay).TotalMilliseconds);
        }
    }

    private static long SendOne(Socket socket, byte[] one)
    {
        long sent = Stopwatch.GetTimestamp();
        socket.Send(one);
        return sent;
    }
}
