using Harness.Target.Chaos;
using Harness.Target.Chaos.Calls;
using Harness.Target.Chaos.Process;
using Microsoft.Extensions.DependencyInjection;

namespace Harness.Target.Tests.Chaos;

public sealed class ChaosBoardTests : IAsyncDisposable
{
    private static readonly FailingCalls Failing = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().BuildServiceProvider();
    private readonly ChaosBoard _board;

    public ChaosBoardTests() => _board = new ChaosBoard(_time, _services);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _board.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task Ends_a_fault_whose_holder_is_heard_no_more()
    {
        await _board.StartAsync(Ended);
        await _board.HoldAsync("a", Failing);
        _time.Advance(ChaosBoard.Lease - TimeSpan.FromTicks(1));
        Assert.NotNull(Find());
        await _board.HoldAsync("a", Failing);
        _time.Advance(ChaosBoard.Lease - TimeSpan.FromTicks(1));
        Assert.NotNull(Find());
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Null(Find());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_board.IsQuiet);
    }

    [Fact]
    public async Task Keeps_what_a_fault_did_while_it_is_renewed_and_begins_anew_with_another()
    {
        var held = await _board.HoldAsync("a", Failing);
        held!.Count("calls failed");

        Assert.Same(held, await _board.HoldAsync("a", new FailingCalls()));
        Assert.NotSame(held, await _board.HoldAsync("a", new FailingCalls { Ratio = 0.5 }));
        Assert.Single(_board.Held);
        Assert.Empty((await _board.TakeAwayAsync("a"))!.View().Evidence);
        Assert.Null(await _board.TakeAwayAsync("a"));
    }

    [Fact]
    public async Task Takes_no_more_than_its_most()
    {
        for (var i = 0; i < ChaosBoard.Max; i++)
            Assert.NotNull(await _board.HoldAsync($"fault-{i}", Failing));
        Assert.Null(await _board.HoldAsync("one-more", Failing));
        Assert.NotNull(await _board.HoldAsync("fault-0", Failing));
    }

    [Fact]
    public async Task Moves_the_hands_of_the_clock_and_not_its_stopwatch()
    {
        var clock = new ShiftedTime(_time);
        clock.Follow(_board);
        var (now, mark) = (_time.GetUtcNow(), clock.GetTimestamp());
        await _board.HoldAsync("late", new ClockOffset { By = TimeSpan.FromHours(-1) });

        Assert.Equal(now - TimeSpan.FromHours(1), clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, clock.GetElapsedTime(mark));
        Assert.Equal(1, (await _board.TakeAwayAsync("late"))!.View().Evidence["readings of the clock"]);
        Assert.Equal(now, clock.GetUtcNow());
    }

    [Fact]
    public async Task Holds_memory_that_is_really_taken_and_gives_it_back()
    {
        const double Bytes = 200_000_000;
        const int RoundsMax = 5;
        // What other tests of this process take meanwhile may hide that it was given back, but hardly five times.
        for (var round = 1; ; round++)
        {
            var held = await _board.HoldAsync("heavy", new Ballast { Bytes = (long)Bytes });
            await Eventually.TrueAsync(() => Task.FromResult(held!.View().Evidence.GetValueOrDefault("bytes held") == Bytes), "all of it is held");
            Assert.True(held!.View().Evidence["resident bytes at most"] > Bytes);
            var full = GC.GetTotalMemory(forceFullCollection: false);

            await _board.TakeAwayAsync("heavy");

            var givenBack = full - GC.GetTotalMemory(forceFullCollection: true);
            if (givenBack > 0.5 * Bytes)
                return;
            Assert.True(round < RoundsMax, $"Only {givenBack} of {Bytes} bytes were given back.");
        }
    }

    private HeldFault? Find() => _board.Find<FailingCalls>(_ => true);
}
