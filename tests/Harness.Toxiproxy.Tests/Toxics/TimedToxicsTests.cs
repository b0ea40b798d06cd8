using Harness.Toxiproxy.Tests.Support;

namespace Harness.Toxiproxy.Tests.Toxics;

/// <summary>The toxics that are about time, to the tick.</summary>
public sealed class TimedToxicsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1), Tick = TimeSpan.FromTicks(1);

    [Fact]
    public void Timeout_closes_both_sides_when_it_is_over()
    {
        var proxy = new MemoryProxy(MemoryProxy.Toxic(TimeoutToxic.Wire, ("timeout", 1000L)));

        proxy.Loop.Advance(Second - Tick);
        Assert.False(proxy.Client.Closed);
        proxy.Loop.Advance(Tick);

        Assert.True(proxy.Client.Closed && proxy.Upstream.Closed);
    }

    [Fact]
    public void Every_chunk_that_timeout_drops_starts_it_anew()
    {
        var proxy = new MemoryProxy(MemoryProxy.Toxic(TimeoutToxic.Wire, ("timeout", 1000L)));
        for (int i = 0; i < 10; i++)
        {
            proxy.Loop.Advance(Second / 2);
            proxy.Upstream.Send(1);
        }

        Assert.False(proxy.Client.Closed);
        Assert.Empty(proxy.Client.Arrived);
        Assert.Equal(new ToxicEvidence(1, 10, 10), proxy.Proxy.Chain.All[0].Evidence.Read());
    }

    [Fact]
    public void Slow_close_holds_the_end_by_exactly_its_delay()
    {
        var proxy = new MemoryProxy(MemoryProxy.Toxic(SlowCloseToxic.Wire, ("delay", 1000L)));
        proxy.Upstream.Send(1);
        proxy.Upstream.End();

        proxy.Loop.Advance(Second - Tick);
        Assert.Single(proxy.Client.Arrived);
        Assert.False(proxy.Client.Closed);
        proxy.Loop.Advance(Tick);

        Assert.True(proxy.Client.Closed);
    }

    [Fact]
    public void Reset_peer_strikes_after_its_timeout_counted_from_the_first_chunk()
    {
        var proxy = new MemoryProxy(MemoryProxy.Toxic(ResetPeerToxic.Wire, ("timeout", 1000L)));
        proxy.Loop.Advance(Second * 10);
        Assert.False(proxy.Client.WasReset);
        proxy.Upstream.Send(1);

        proxy.Loop.Advance(Second - Tick);
        Assert.False(proxy.Client.WasReset);
        proxy.Loop.Advance(Tick);

        Assert.True(proxy.Client.WasReset && proxy.Upstream.WasReset);
        Assert.Empty(proxy.Client.Arrived);
    }

    [Fact]
    public void Bandwidth_spreads_a_chunk_evenly()
    {
        var proxy = new MemoryProxy(MemoryProxy.Toxic(BandwidthToxic.Wire, ("rate", 1L)));
        TimeSpan start = proxy.Loop.Now;
        proxy.Upstream.Send(new byte[250]);

        proxy.Loop.Advance(Second);

        Assert.Equal(
            [(100.0, 100), (200.0, 100), (250.0, 50)],
            proxy.Client.Arrived.Select(a => ((a.At - start).TotalMilliseconds, a.Bytes.Length)));
    }

    [Fact]
    public async Task The_limit_counts_on_through_an_update()
    {
        var proxy = new MemoryProxy(MemoryProxy.Toxic(LimitDataToxic.Wire, ("bytes", 100L)));
        proxy.Upstream.Send(new byte[80]);
        var lower = MemoryProxy.Toxic(LimitDataToxic.Wire, ("bytes", 50L));
        await proxy.ChangeAsync(chain => chain.Replace(chain.All[0] with { Attributes = lower.Attributes, Revision = 1 }));
        Assert.False(proxy.Client.Closed);

        proxy.Upstream.Send(1);

        Assert.True(proxy.Client.Closed);
        Assert.Equal(80, proxy.Client.Arrived.Sum(a => a.Bytes.Length));
    }

    [Fact]
    public void Packet_loss_doubles_the_wait_with_each_loss()
    {
        var proxy = new MemoryProxy(MemoryProxy.Toxic(PacketLossToxic.Wire, ("loss", 0.5), ("retransmission", 100L)));
        var delays = new List<double>();
        for (int i = 0; i < 2000; i++)
        {
            TimeSpan sent = proxy.Loop.Now;
            proxy.Upstream.Send(1);
            proxy.Loop.Advance(TimeSpan.FromMinutes(10));
            delays.Add((proxy.Client.Arrived[^1].At - sent).TotalMilliseconds);
        }

        // Half are not lost, a quarter once, an eighth twice; standard deviations 22, 19 and 15.
        Assert.InRange(delays.Count(d => d == 0), 900, 1100);
        Assert.InRange(delays.Count(d => d == 100), 420, 580);
        Assert.InRange(delays.Count(d => d == 300), 190, 310);
    }
}
