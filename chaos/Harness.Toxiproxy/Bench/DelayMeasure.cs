using System.Diagnostics;
using System.Net.Sockets;

namespace Harness.Toxiproxy.Bench;

/// <summary>By how much a latency toxic is later than asked, p99 in milliseconds; negative would be early. The way itself counts too:
/// what that costs without proxy and toxic stands beside it as <c>direct</c>.</summary>
internal sealed class DelayMeasure(TimeSpan delay, int connections, string goal) : BenchMeasure
{
    public override string Name => connections == 1
        ? $"latency toxic {delay.TotalMilliseconds} ms, over p99 ms"
        : $"the same, {connections} connections at once";

    public override string Goal => goal;

    public override bool IsRatioOfDirect => false;

    public override async Task<BenchNumber> MeasureAsync(BenchSubject subject, TimeSpan length, CancellationToken cancellationToken)
    {
        using BenchOrigin origin = BenchOrigin.Echo();
        await using BenchWay way = await subject.OpenAsync(origin, new LatencyToxic { Latency = delay }, cancellationToken);
        TimeSpan asked = subject.IsDirect ? TimeSpan.Zero : delay;
        return await OnThreadAsync(() => Measure(way, asked, length, cancellationToken));
    }

    private BenchNumber Measure(BenchWay way, TimeSpan asked, TimeSpan length, CancellationToken cancellationToken)
    {
        List<Socket> sockets = [.. Enumerable.Range(0, connections).Select(_ => Connect(way.Address))];
        byte[] one = new byte[1];
        var late = new List<double>();
        // The first round opens the connections behind the proxy and is no measurement.
        Round(sockets, asked, one, []);
        long start = Stopwatch.GetTimestamp();
        do
            Round(sockets, asked, one, late);
        while (Stopwatch.GetElapsedTime(start) < length && !cancellationToken.IsCancellationRequested);
        sockets.ForEach(s => s.Dispose());
        return new BenchNumber(Quantile(late, 0.99), 0, "");
    }

    private static void Round(List<Socket> sockets, TimeSpan asked, byte[] one, List<double> late)
    {
        long[] sent = [.. sockets.Select(s => SendOne(s, one))];
        for (int i = 0; i < sockets.Count; i++)
        {
            ReceiveExactly(sockets[i], one, 1);
            late.Add((Stopwatch.GetElapsedTime(sent[i]) - asked).TotalMilliseconds);
        }
    }

    private static long SendOne(Socket socket, byte[] one)
    {
        long sent = Stopwatch.GetTimestamp();
        socket.Send(one);
        return sent;
    }
}
