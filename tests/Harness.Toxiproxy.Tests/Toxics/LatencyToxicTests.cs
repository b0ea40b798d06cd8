using Harness.Toxiproxy.Tests.Support;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Tests.Toxics;

public sealed class LatencyToxicTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1), Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void Delays_a_chunk_by_exactly_the_asked_time()
    {
        var proxy = new MemoryProxy(Latency(Hour));
        proxy.Upstream.Send(1, 2, 3);

        proxy.Loop.Advance(Hour - Tick);
        Assert.Empty(proxy.Client.Arrived);

        proxy.Loop.Advance(Tick);
        Assert.Equal([1, 2, 3], Assert.Single(proxy.Client.Arrived).Bytes);
    }

    [Fact]
    public void Chunks_that_come_apart_leave_as_far_apart()
    {
        var proxy = new MemoryProxy(Latency(Hour));
        TimeSpan start = proxy.Loop.Now;
        proxy.Upstream.Send(1);
        proxy.Loop.Advance(Hour / 4);
        proxy.Upstream.Send(2);

        proxy.Loop.Advance(Hour * 2);

        Assert.Equal([start + Hour, start + Hour + (Hour / 4)], proxy.Client.Arrived.Select(a => a.At));
    }

    [Fact]
    public void The_end_comes_right_after_the_data_and_is_not_delayed_itself()
    {
        var proxy = new MemoryProxy(Latency(Hour));
        proxy.Upstream.Send(1);
        proxy.Upstream.End();

        proxy.Loop.Advance(Hour - Tick);
        Assert.False(proxy.Client.Closed);
        proxy.Loop.Advance(Tick);
        Assert.True(proxy.Client.Closed);

        var silent = new MemoryProxy(Latency(Hour));
        silent.Upstream.End();
        silent.Loop.RunAll();
        Assert.True(silent.Client.Closed);
    }

    [Fact]
    public void Jitter_is_uniform_around_the_latency()
    {
        var proxy = new MemoryProxy(MemoryProxy.Toxic(LatencyToxic.Wire, ("latency", 1000L), ("jitter", 100L)));
        var delays = new List<double>();
        for (int i = 0; i < 2000; i++)
        {
            TimeSpan sent = proxy.Loop.Now;
            proxy.Upstream.Send(1);
            proxy.Loop.Advance(TimeSpan.FromSeconds(2));
            delays.Add((proxy.Client.Arrived[^1].At - sent).TotalMilliseconds);
        }

        Assert.All(delays, d => Assert.InRange(d, 900, 1099));
        // The mean of 2000 draws has a standard deviation of 1.3 ms; each tenth of the range expects 200 with one of 13.
        Assert.InRange(delays.Average(), 994, 1005);
        Assert.All(Enumerable.Range(0, 10), i => Assert.InRange(delays.Count(d => d >= 900 + (20 * i) && d < 920 + (20 * i)), 140, 260));
    }

    [Fact]
    public async Task A_neighbour_that_comes_lets_one_chunk_out_and_the_rest_wait_on()
    {
        var proxy = new MemoryProxy(Latency(Hour));
        proxy.Upstream.Send(1);
        proxy.Upstream.Send(2);
        proxy.Loop.Advance(Hour / 2);

        await proxy.ChangeAsync(chain => chain.With(MemoryProxy.Toxic(NoopToxic.Wire)));
        Assert.Equal([1], Assert.Single(proxy.Client.Arrived).Bytes);

        proxy.Loop.Advance(Hour / 2);
        Assert.Equal(2, proxy.Client.Arrived.Count);
    }

    private static ToxicDefinition Latency(TimeSpan latency) => MemoryProxy.Toxic(LatencyToxic.Wire, ("latency", (long)latency.TotalMilliseconds));
}
