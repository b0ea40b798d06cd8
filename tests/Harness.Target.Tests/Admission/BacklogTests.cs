using Harness.Target.Admission;

namespace Harness.Target.Tests.Admission;

public sealed class BacklogTests
{
    private static readonly AdmissionOptions Options = new() { SettleWithin = TimeSpan.FromSeconds(5), BacklogMin = 100, BacklogMax = 2000 };
    private readonly FakeTimeProvider _time = new();
    private readonly Backlog _backlog;
    private long _pending;

    public BacklogTests() => _backlog = new Backlog(Options, () => _pending, _time);

    [Fact]
    public void Takes_on_what_settles_within_the_bound_and_refuses_the_rest_for_as_long_as_it_takes()
    {
        Pass(seconds: 10, placedPerSecond: 40, settledPerSecond: 40);
        Assert.InRange(_backlog.SettledPerSecond, 39, 41);
        Assert.InRange(_backlog.Limit, 195, 205);
        Assert.Null(_backlog.RefusedFor());

        Pass(seconds: 4, placedPerSecond: 140, settledPerSecond: 40);
        // 400 wait where 200 may, and 40 a second go.
        Assert.InRange(_backlog.RefusedFor() ?? 0, 5, 6);

        Pass(seconds: 6, placedPerSecond: 0, settledPerSecond: 40);
        Assert.Null(_backlog.RefusedFor());
    }

    [Fact]
    public void Takes_on_a_few_however_slow_it_is()
    {
        Pass(seconds: 10, placedPerSecond: 8, settledPerSecond: 2);
        Assert.Equal(100, _backlog.Limit);
        Assert.Null(_backlog.RefusedFor());
        Pass(seconds: 10, placedPerSecond: 8, settledPerSecond: 2);
        Assert.InRange(_backlog.RefusedFor() ?? 0, 1, 30);
    }

    [Fact]
    public void Takes_cut_dependencies_for_no_overload_but_still_has_an_end()
    {
        Pass(seconds: 10, placedPerSecond: 100, settledPerSecond: 100);
        Pass(seconds: 15, placedPerSecond: 100, settledPerSecond: 0);
        Assert.Equal((1500, 2000L), (_backlog.Waiting, _backlog.Limit));
        Assert.Null(_backlog.RefusedFor());
        Pass(seconds: 5, placedPerSecond: 100, settledPerSecond: 0);
        Assert.NotNull(_backlog.RefusedFor());
    }

    [Fact]
    public void Counts_what_came_since_it_last_looked()
    {
        Pass(seconds: 10, placedPerSecond: 10, settledPerSecond: 10);
        for (var i = 0; i < 100; i++)
            _backlog.Placed();
        Assert.NotNull(_backlog.RefusedFor());
    }

    [Fact]
    public void Keeps_what_it_knew_while_the_store_cannot_be_asked()
    {
        var backlog = new Backlog(Options, () => throw new TimeoutException(), _time);
        backlog.Look();
        Assert.Null(backlog.RefusedFor());
    }

    /// <summary>Whole seconds, looked at twice in each.</summary>
    private void Pass(int seconds, int placedPerSecond, int settledPerSecond)
    {
        for (var half = 0; half < 2 * seconds; half++)
        {
            for (var i = 0; i < placedPerSecond / 2; i++)
                _backlog.Placed();
            _pending = Math.Max(0, _pending + placedPerSecond / 2 - settledPerSecond / 2);
            _time.Advance(TimeSpan.FromSeconds(0.5));
            _backlog.Look();
        }
    }
}
