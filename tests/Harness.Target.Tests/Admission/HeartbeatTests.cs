using Harness.Target.Admission;

namespace Harness.Target.Tests.Admission;

public sealed class HeartbeatTests : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);
    private readonly FakeTimeProvider _time = new();
    private readonly Heartbeat _heartbeat;
    private Func<CancellationToken, Task> _answer = _ => Task.CompletedTask;
    private int _asked;

    public HeartbeatTests() => _heartbeat = new Heartbeat(token =>
    {
        Interlocked.Increment(ref _asked);
        return _answer(token);
    }, _time);

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public void Dispose() => _heartbeat.Dispose();

    [Fact]
    public void Is_not_alive_before_anybody_has_answered() => Assert.False(_heartbeat.IsAlive);

    [Fact]
    public async Task Is_alive_from_the_first_answer_until_one_fails_and_again_after_the_next()
    {
        await _heartbeat.StartAsync(Ended);
        await Eventually.TrueAsync(() => Task.FromResult(_heartbeat.IsAlive), "it is alive");
        _answer = _ => Task.FromException(new IOException("cut"));
        await BeatUntilAsync(() => !_heartbeat.IsAlive);
        _answer = _ => Task.CompletedTask;
        await BeatUntilAsync(() => _heartbeat.IsAlive);
        await _heartbeat.StopAsync(Ended);
    }

    [Fact]
    public async Task Is_not_alive_after_a_second_and_a_half_of_silence_though_nothing_failed()
    {
        _answer = token => _asked == 1 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, CancellationToken.None);
        await _heartbeat.StartAsync(Ended);
        await Eventually.TrueAsync(() => Task.FromResult(_heartbeat.IsAlive), "it is alive");
        _time.Advance(TimeSpan.FromSeconds(1.5) - TimeSpan.FromTicks(1));
        Assert.True(_heartbeat.IsAlive);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.False(_heartbeat.IsAlive);
    }

    private Task BeatUntilAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        _time.Advance(Beat);
        return Task.FromResult(condition());
    }, "the next beats are heard");
}
