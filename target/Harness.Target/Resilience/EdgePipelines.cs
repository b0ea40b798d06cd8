using Harness.Target.Observability;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Harness.Target.Resilience;

/// <summary>Builds the pipeline of each outgoing edge, and shows the state of its breaker.</summary>
/// <param name="random">Jitter is drawn from it, under a lock, because calls come from many threads.</param>
public sealed class EdgePipelines(bool enabled, MetricRegistry metrics, TimeProvider time, Random random, ILogger<EdgePipelines> logger)
{
    /// <summary>Retry around breaker around timeout: each try is judged by itself, and an open breaker is worth a later try.</summary>
    /// <param name="isFailure">Which exceptions say that the other side is ill; a timeout of ours always does.</param>
    /// <returns>The empty pipeline when resilience is off.</returns>
    public ResiliencePipeline Build(EdgePolicy policy, Func<Exception, bool> isFailure)
    {
        if (!enabled)
            return ResiliencePipeline.Empty;
        var failures = new PredicateBuilder().Handle<TimeoutRejectedException>().Handle(isFailure);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (policy.Retries > 0)
            builder.AddRetry(Retry(policy, new PredicateBuilder().Handle<TimeoutRejectedException>().Handle<BrokenCircuitException>().Handle(isFailure)));
        return builder.AddCircuitBreaker(Breaker(policy, failures)).AddTimeout(policy.TryTimeout).Build();
    }

    private RetryStrategyOptions Retry(EdgePolicy policy, PredicateBuilder<object> failures) => new()
    {
        ShouldHandle = failures,
        MaxRetryAttempts = policy.Retries,
        Delay = policy.RetryDelay,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Randomizer = () =>
        {
            lock (random)
                return random.NextDouble();
        },
    };

    private CircuitBreakerStrategyOptions Breaker(EdgePolicy policy, PredicateBuilder<object> failures)
    {
        var state = new CircuitBreakerStateProvider();
        metrics.Gauge("breaker_state", "0 closed, 1 half open, 2 open.", () => Level(state.CircuitState), $"edge=\"{policy.Edge}\"");
        return new CircuitBreakerStrategyOptions
        {
            ShouldHandle = failures,
            FailureRatio = policy.BreakerFailureRatio,
            MinimumThroughput = policy.BreakerCallsMin,
            SamplingDuration = policy.BreakerWindow,
            BreakDuration = policy.BreakerPause,
            StateProvider = state,
            OnOpened = _ => Log(policy.Edge, "open"),
            OnClosed = _ => Log(policy.Edge, "closed"),
        };
    }

    private ValueTask Log(string edge, string state)
    {
        logger.LogWarning("The breaker of {Edge} is {State}.", edge, state);
        return ValueTask.CompletedTask;
    }

    private static double Level(CircuitState state) => state switch
    {
        CircuitState.Closed => 0,
        CircuitState.HalfOpen => 1,
        _ => 2,
    };
}
