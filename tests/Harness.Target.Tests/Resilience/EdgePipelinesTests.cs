using Harness.Target.Observability;
using Harness.Target.Resilience;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Harness.Target.Tests.Resilience;

public sealed class EdgePipelinesTests
{
    private static readonly EdgePolicy Policy = new() { Edge = "a -> b", TryTimeout = TimeSpan.FromHours(1), BreakerCallsMin = 2 };
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _metrics = new();
    private int _calls;

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Opens_after_enough_failures_lets_one_call_try_and_closes_when_it_succeeds()
    {
        var pipeline = Build(enabled: true, Policy);
        Assert.Contains("breaker_state{edge=\"a -> b\"} 0\n", _metrics.Expose(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(pipeline));
        await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(pipeline));

        Assert.Contains("breaker_state{edge=\"a -> b\"} 2\n", _metrics.Expose(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<BrokenCircuitException>(() => FailAsync(pipeline));
        Assert.Equal(2, _calls);
        _time.Advance(Policy.BreakerPause);
        await pipeline.ExecuteAsync(_ => ValueTask.CompletedTask, Ended);
        Assert.Contains("breaker_state{edge=\"a -> b\"} 0\n", _metrics.Expose(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_a_try_that_takes_too_long()
    {
        var stuck = Build(enabled: true, Policy).ExecuteAsync(async token => await Task.Delay(Timeout.InfiniteTimeSpan, _time, token), Ended).AsTask();
        _time.Advance(Policy.TryTimeout);
        await Assert.ThrowsAsync<TimeoutRejectedException>(() => stuck.WaitAsync(TimeSpan.FromSeconds(60), Ended));
    }

    [Fact]
    public async Task Tries_again_as_often_as_it_may()
    {
        var trying = FailAsync(Build(enabled: true, Policy with { Retries = 2, BreakerCallsMin = 100 }));
        await Eventually.TrueAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(trying.IsCompleted);
        }, "the last try is over");
        await Assert.ThrowsAsync<HttpRequestException>(() => trying);
        Assert.Equal(3, _calls);
    }

    [Fact]
    public async Task Does_nothing_when_it_is_off()
    {
        var pipeline = Build(enabled: false, Policy with { Retries = 2 });
        for (var i = 0; i < 10; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(pipeline));
        Assert.Equal(10, _calls);
    }

    private ResiliencePipeline Build(bool enabled, EdgePolicy policy) =>
        new EdgePipelines(enabled, _metrics, _time, new Random(1), NullLogger<EdgePipelines>.Instance).Build(policy, e => e is HttpRequestException);

    private Task FailAsync(ResiliencePipeline pipeline) => pipeline.ExecuteAsync(_ =>
    {
        _calls++;
        return ValueTask.FromException(new HttpRequestException());
    }, Ended).AsTask();
}
