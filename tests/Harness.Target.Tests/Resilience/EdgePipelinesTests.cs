using Harness.Target.Observability;
using Harness.Target.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Harness.Target.Tests.Resilience;

public sealed class EdgePipelinesTests
{
    private static readonly EdgePolicy Policy = new() { Edge = "a -> b", TryTimeout = TimeSpan.FromHours(1), BreakerCallsMin = 2 };
    private readonly FakeTimeProvider _time = new();
    private readonly MetricRegistry _metrics = new();
    private readonly LogLines _log = new();
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

    [Fact]
    public async Task Tries_no_more_often_in_all_than_the_budget_allows()
    {
        // No time passes, so that only first tries earn: 100 calls, a fifth of a retry each, and one that was saved.
        var policy = Policy with { Retries = 1, RetryDelay = TimeSpan.Zero, RetryBudgetMax = 1, BreakerCallsMin = 1000 };
        var pipeline = Build(enabled: true, policy);
        for (var i = 0; i < 100; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(pipeline));

        Assert.InRange(_calls - 100, 19, 21);
        Assert.Equal(_calls - 100, Metric("edge_retries_total"));
        Assert.Equal(200 - _calls, Metric("edge_retries_denied_total"));
        Assert.Equal(100, Metric("edge_calls_total"));
    }

    [Fact]
    public async Task Does_not_try_an_open_breaker_again()
    {
        var pipeline = Build(enabled: true, Policy with { Retries = 1, RetryDelay = TimeSpan.Zero });
        await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(pipeline));
        await Assert.ThrowsAsync<BrokenCircuitException>(() => FailAsync(pipeline));

        Assert.Equal((2, 1, 1), (_calls, Metric("edge_rejected_total"), Metric("edge_retries_total")));
    }

    [Fact]
    public async Task Refuses_a_call_for_which_there_is_no_place_without_blaming_the_callee()
    {
        var pipeline = Build(enabled: true, Policy with { ConcurrentCallsMax = 1, WaitingCallsMax = 1, Retries = 2 });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task Call() => pipeline.ExecuteAsync(async _ => await gate.Task, Ended).AsTask();
        Task[] served = [Call(), Call()];
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<RateLimiterRejectedException>(Call);

        Assert.Equal((5, 0, 0), (Metric("edge_limited_total"), Metric("edge_retries_total"), Metric("breaker_state")));
        gate.SetResult();
        await Task.WhenAll(served).WaitAsync(TimeSpan.FromSeconds(60), Ended);
    }

    [Fact]
    public async Task Counts_and_tells_every_turn_of_the_breaker()
    {
        var pipeline = Build(enabled: true, Policy);
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(pipeline));
        _time.Advance(Policy.BreakerPause);
        await pipeline.ExecuteAsync(_ => ValueTask.CompletedTask, Ended);

        var exposed = _metrics.Expose();
        Assert.All(["open", "half-open", "closed"], to => Assert.Contains($"breaker_transitions_total{{edge=\"a -> b\",to=\"{to}\"}} 1\n", exposed, StringComparison.Ordinal));
        Assert.Equal(["The breaker of a -> b is open.", "The breaker of a -> b is half-open.", "The breaker of a -> b is closed."], _log.Lines);
    }

    [Fact]
    public async Task Leaves_calls_between_services_to_sidecars_and_keeps_those_to_stores()
    {
        var pipelines = new EdgePipelines(true, _metrics, _time, new Random(1), _log) { BetweenServices = false };
        var toService = pipelines.Build(EdgePolicies.Between(ServiceName.Orders, ServiceName.Inventory), _ => true);
        var toStore = pipelines.Build(Policy with { Edge = "orders -> redis" }, e => e is HttpRequestException);

        Assert.Same(ResiliencePipeline.Empty, toService);
        await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(toStore));
        Assert.Contains("edge_calls_total{edge=\"orders -> redis\"} 1\n", _metrics.Expose(), StringComparison.Ordinal);
        Assert.DoesNotContain("orders -> inventory", _metrics.Expose(), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_not_built_from_a_policy_that_has_problems_and_tells_them_all()
    {
        var error = Assert.Throws<EdgePolicyException>(() => Build(enabled: true, Policy with { TryTimeout = TimeSpan.Zero, Retries = -1, RetryBudgetRatio = 2 }));
        Assert.All(["TryTimeout is 00:00:00", "Retries is -1", "RetryBudgetRatio is 2"], problem => Assert.Contains("a -> b: " + problem, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Can_be_made_to_storm()
    {
        var pipeline = Build(enabled: true, Policy with { Retries = 2 }, Bug.RetryStorm);
        await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(pipeline));
        Assert.Equal((11, 10d), (_calls, Metric("edge_retries_total")));
    }

    [Fact]
    public async Task Can_be_made_to_stay_open()
    {
        var pipeline = Build(enabled: true, Policy, Bug.BreakerNeverCloses);
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<HttpRequestException>(() => FailAsync(pipeline));
        _time.Advance(TimeSpan.FromHours(23));
        await Assert.ThrowsAsync<BrokenCircuitException>(() => pipeline.ExecuteAsync(_ => ValueTask.CompletedTask, Ended).AsTask());
    }

    private ResiliencePipeline Build(bool enabled, EdgePolicy policy, Bug bug = Bug.None) =>
        new EdgePipelines(enabled, _metrics, _time, new Random(1), _log) { Bug = bug }.Build(policy, e => e is HttpRequestException);

    private Task FailAsync(ResiliencePipeline pipeline) => pipeline.ExecuteAsync(_ =>
    {
        _calls++;
        return ValueTask.FromException(new HttpRequestException());
    }, Ended).AsTask();

    private double Metric(string name)
    {
        var line = _metrics.Expose().Split('\n').Single(line => line.StartsWith(name + "{", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private sealed class LogLines : ILogger<EdgePipelines>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
