using System.Diagnostics;
using Harness.Chaos.Faults;
using Harness.Chaos.Faults.Network;
using Harness.Toxiproxy;

namespace Harness.Chaos.Tests.Faults.Network;

/// <summary>Each network fault bites on a real connection, leaves evidence, and is gone afterwards.</summary>
public sealed class NetworkFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly byte[] Kilobytes = [.. Enumerable.Range(0, 50_000).Select(i => (byte)i)];

    [Theory]
    [InlineData(ToxicStream.Upstream, 300)]
    [InlineData(ToxicStream.Downstream, 300)]
    [InlineData(ToxicStream.Both, 600)]
    public async Task Latency_is_added_in_the_direction_that_was_named(ToxicStream direction, int leastMs)
    {
        var fault = new LatencyFault { Name = "slow", Edges = [ProxiedEcho.Edge], Direction = direction, Delay = TimeSpan.FromMilliseconds(300) };

        (TimeSpan took, _, _) = await BiteAsync(fault, [42]);

        Assert.True(took >= TimeSpan.FromMilliseconds(leastMs), $"took {took}");
    }

    [Theory]
    [InlineData(LatencyDistribution.Normal)]
    [InlineData(LatencyDistribution.Pareto)]
    public async Task Latency_can_be_drawn_from_a_distribution(LatencyDistribution distribution)
    {
        var fault = new LatencyFault
        {
            Name = "slow", Edges = [ProxiedEcho.Edge], Delay = TimeSpan.FromMilliseconds(300), Jitter = TimeSpan.FromMilliseconds(1),
            Distribution = distribution, Shape = 50,
        };

        (TimeSpan took, _, _) = await BiteAsync(fault, [42]);

        Assert.True(took >= TimeSpan.FromMilliseconds(550), $"took {took}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Bandwidth_lets_so_much_through_in_a_time(bool shared)
    {
        var fault = new BandwidthFault { Name = "thin", Edges = [ProxiedEcho.Edge], Direction = ToxicStream.Downstream, BytesPerSecond = 100_000, Shared = shared };

        (TimeSpan took, byte[] back, _) = await BiteAsync(fault, Kilobytes);

        Assert.Equal(Kilobytes, back);
        Assert.True(took >= TimeSpan.FromMilliseconds(300), $"took {took}");
    }

    [Fact]
    public async Task Loss_delays_by_retransmissions_and_loses_nothing()
    {
        var fault = new LossFault { Name = "lossy", Edges = [ProxiedEcho.Edge], Ratio = 0.9, Retransmission = TimeSpan.FromMilliseconds(1) };

        (_, byte[] back, _) = await BiteAsync(fault, [1, 2, 3]);

        Assert.Equal([1, 2, 3], back);
    }

    [Fact]
    public async Task Corruption_flips_bits_and_keeps_the_length()
    {
        var fault = new CorruptionFault { Name = "noise", Edges = [ProxiedEcho.Edge], Direction = ToxicStream.Upstream, Ratio = 0.5 };

        (_, byte[] back, _) = await BiteAsync(fault, Kilobytes);

        Assert.Equal(Kilobytes.Length, back.Length);
        Assert.InRange(back.Zip(Kilobytes).Count(pair => pair.First != pair.Second), Kilobytes.Length / 3, Kilobytes.Length * 2 / 3);
    }

    [Fact]
    public async Task Tamper_changes_the_digit_after_a_text()
    {
        var fault = new TamperFault { Name = "liar", Edges = [ProxiedEcho.Edge], Direction = ToxicStream.Upstream, Text = "price=" };

        (_, byte[] back, _) = await BiteAsync(fault, "price=800"u8.ToArray());

        Assert.Equal("price=900", System.Text.Encoding.ASCII.GetString(back));
    }

    [Fact]
    public async Task Reset_ends_a_connection_hard()
    {
        var fault = new ResetFault { Name = "rst", Edges = [ProxiedEcho.Edge] };

        (_, byte[] back, string? ending) = await BiteAsync(fault, [42]);

        Assert.Empty(back);
        Assert.Equal("ConnectionReset", ending);
    }

    [Fact]
    public async Task Slow_open_delays_the_first_byte_of_a_new_connection()
    {
        var fault = new SlowOpenFault { Name = "opening", Edges = [ProxiedEcho.Edge], Delay = TimeSpan.FromMilliseconds(400) };

        (TimeSpan took, byte[] back, _) = await BiteAsync(fault, [42]);

        Assert.Equal([42], back);
        Assert.True(took >= TimeSpan.FromMilliseconds(350), $"took {took}");
    }

    [Fact]
    public async Task Slow_close_holds_the_end_back_and_lets_data_pass()
    {
        await using ProxiedEcho echo = await ProxiedEcho.StartAsync();
        IInjection injection = new SlowCloseFault { Name = "closing", Edges = [ProxiedEcho.Edge], Delay = TimeSpan.FromMilliseconds(400) }
            .Prepare(echo, TimeProvider.System);
        await injection.InjectAsync(TestContext.Current.CancellationToken);

        using EchoClient client = await echo.ConnectAsync();
        Assert.Equal([42], await client.AskAsync([42], Patience));
        TimeSpan took = await client.CloseAsync();
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(TestContext.Current.CancellationToken);

        Assert.True(took >= TimeSpan.FromMilliseconds(350), $"took {took}");
        Assert.Equal(1, evidence!["connections"]);
    }

    [Fact]
    public async Task Cut_off_ends_a_connection_in_the_middle_of_a_message()
    {
        var fault = new CutOffFault { Name = "cut", Edges = [ProxiedEcho.Edge], Direction = ToxicStream.Downstream, AfterBytes = 10 };

        (_, byte[] back, _) = await BiteAsync(fault, [.. Kilobytes.Take(100)]);

        Assert.Equal(Kilobytes.Take(10), back);
    }

    [Fact]
    public async Task A_partition_in_one_direction_lets_the_other_through()
    {
        await using ProxiedEcho echo = await ProxiedEcho.StartAsync();
        using EchoClient client = await echo.ConnectAsync();
        Assert.Equal([1], await client.AskAsync([1], Patience));
        IInjection injection = new PartitionFault { Name = "half", Edges = [ProxiedEcho.Edge], Direction = ToxicStream.Downstream }
            .Prepare(echo, TimeProvider.System);
        await injection.InjectAsync(TestContext.Current.CancellationToken);

        Assert.Empty(await client.AskAsync([2], TimeSpan.FromMilliseconds(300)));
        await echo.HeardAsync(2);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, evidence!["bytes"]);
        Assert.NotNull(await echo.RoundTripAsync(Patience));
    }

    [Fact]
    public async Task Flapping_cuts_and_heals_in_turns_and_ends_whole()
    {
        await using ProxiedEcho echo = await ProxiedEcho.StartAsync();
        TimeSpan turn = TimeSpan.FromMilliseconds(300);
        IInjection injection = new FlappingFault { Name = "flap", Edges = [ProxiedEcho.Edge], Down = turn, Up = turn }.Prepare(echo, TimeProvider.System);
        await injection.InjectAsync(TestContext.Current.CancellationToken);

        Assert.Null(await echo.RoundTripAsync(TimeSpan.FromMilliseconds(100)));
        await UntilAsync(async () => await echo.RoundTripAsync(TimeSpan.FromMilliseconds(100)) is not null);
        await UntilAsync(async () => await echo.RoundTripAsync(TimeSpan.FromMilliseconds(100)) is null);
        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(TestContext.Current.CancellationToken);

        Assert.InRange(evidence!["connections"], 2, 1000);
        Assert.NotNull(await echo.RoundTripAsync(Patience));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        long started = Stopwatch.GetTimestamp();
        while (!await condition())
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, "It did not come about.");
    }

    /// <summary>What comes of a question on a new connection while the fault is in place. The fault has evidence then, and leaves nothing.</summary>
    private static async Task<(TimeSpan Took, byte[] Back, string? Ending)> BiteAsync(NetworkFault fault, byte[] question)
    {
        CancellationToken testToken = TestContext.Current.CancellationToken;
        await using ProxiedEcho echo = await ProxiedEcho.StartAsync();
        IInjection injection = fault.Prepare(echo, TimeProvider.System);
        await injection.InjectAsync(testToken);
        long started = Stopwatch.GetTimestamp();
        using EchoClient client = await echo.ConnectAsync();
        byte[] back = await client.AskAsync(question, Patience);
        TimeSpan took = Stopwatch.GetElapsedTime(started);

        IReadOnlyDictionary<string, double>? evidence = await injection.HealAsync(testToken);

        Assert.Equal(1, evidence!["connections"]);
        Assert.Empty((await echo.Proxies.GetProxyAsync(ProxiedEcho.Edge.ToString(), testToken)).Toxics);
        using EchoClient healed = await echo.ConnectAsync();
        Assert.Equal([7], await healed.AskAsync([7], Patience));
        return (took, back, client.Ending);
    }
}
