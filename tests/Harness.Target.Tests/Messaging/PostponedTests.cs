using Harness.Target.Messaging;

namespace Harness.Target.Tests.Messaging;

public sealed class PostponedTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Postponed _postponed;

    public PostponedTests() => _postponed = new Postponed(_time, new Random(1));

    [Fact]
    public void Waits_twice_as_long_each_time_up_to_two_seconds_and_at_least_half_of_that()
    {
        foreach (var longest in new[] { 250, 500, 1000, 2000, 2000, 2000 })
        {
            _postponed.Add("ill");
            var pause = _postponed.NextDue!.Value - _postponed.Now;
            Assert.InRange(pause.TotalMilliseconds, longest / 2.0, longest);
            _time.Advance(pause - TimeSpan.FromTicks(1));
            Assert.False(_postponed.IsDue("ill"));
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.True(_postponed.IsDue("ill"));
        }
    }

    [Fact]
    public void Spreads_what_failed_together()
    {
        for (var i = 0; i < 20; i++)
            _postponed.Add($"message-{i}");
        _time.Advance(TimeSpan.FromMilliseconds(190));
        Assert.InRange(Enumerable.Range(0, 20).Count(i => _postponed.IsDue($"message-{i}")), 1, 19);
    }

    [Fact]
    public void Is_full_with_thirty_two_until_some_are_gone()
    {
        for (var i = 0; i < 32; i++)
        {
            Assert.False(_postponed.IsFull);
            _postponed.Add($"message-{i}");
        }

        Assert.True(_postponed.IsFull);
        _postponed.Remove("message-0");
        Assert.False(_postponed.IsFull);
        _postponed.KeepOnly(["message-1", "unknown"]);
        Assert.True(_postponed.IsDue("message-2"));
        Assert.False(_postponed.IsDue("message-1"));
    }

    [Fact]
    public void Has_nothing_due_when_nothing_is_put_off()
    {
        Assert.True(_postponed.IsDue("new"));
        Assert.Null(_postponed.NextDue);
    }
}
