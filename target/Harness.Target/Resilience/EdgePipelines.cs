using System.Threading.RateLimiting;
using Harness.Target.Chaos.Calls;
using Harness.Target.Observability;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Harness.Target.Resilience;

/// <summary>Builds the pipeline of each outgoing edge and shows what it does.</summary>
/// <remarks>
/// From the outside in: <b>limiter, retry, breaker, timeout</b>.
/// The limiter is outermost, so that a call keeps its place through its pauses and the limit bounds all that is under way, not only what is
/// on the wire; a call it refuses is no evidence against the callee and is not tried again.
/// The retry stands around the breaker, so that each try is judged by itself. It draws on a budget, and an open breaker is not tried again:
/// both would only make callers wait for a callee that is known to be ill.
/// The timeout is innermost: it bounds a try, and a try that took too long counts against the callee.
/// </remarks>
/// <param name="random">Jitter is drawn from it, under a lock, because calls come from many threads.</param>
public sealed class EdgePipelines(bool enabled, MetricRegistry metrics, TimeProvider time, Random random, ILogger<EdgePipelines> logger)
{
    /// <summary>Set to true on a call that must not be made twice; it has everything else of its edge's policy.</summary>
    public static readonly ResiliencePropertyKey<bool> NotRepeatable = new("not-repeatable");

    private static readonly EventId BreakerTurned = new(1, "breaker-turned");

    /// <value>False where sidecars hold the policies of calls between services. Default true.</value>
    public bool BetweenServices { get; init; } = true;

    /// <summary>Puts calls wrong when it is told to; null where nobody can.</summary>
    internal CallChaos? Chaos { get; init; }

    /// <summary>The pipeline of an edge; to be asked for once an edge, because its metrics are the edge's.</summary>
    /// <param name="isFailure">Which exceptions say that the other side is ill; a timeout of ours always does.</param>
    /// <returns>The empty pipeline when resilience is off, or not this process's business. Otherwise one that refuses by an <see cref="ExecutionRejectedException"/>.</returns>
    /// <exception cref="EdgePolicyException">The policy has problems.</exception>
    public ResiliencePipeline Build(EdgePolicy policy, Func<Exception, bool> isFailure)
    {
        if (policy.Problems() is { Count: > 0 } problems)
            throw new EdgePolicyException(problems);
        if (!enabled || (policy.IsBetweenServices && !BetweenServices))
            return Bare(policy);
        var state = new CircuitBreakerStateProvider();
        var counts = new EdgeMetrics(metrics, policy.Edge, state);
        var budget = new RetryBudget(policy, time);
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        builder.AddStrategy(_ => new CallObserver(() => Begin(counts, budget), counts.Failed), new CallObserver.Options());
        builder.AddConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = policy.ConcurrentCallsMax, QueueLimit = policy.WaitingCallsMax });
        if (policy.Retries > 0)
            builder.AddRetry(Retry(policy, isFailure, budget, counts));
        builder.AddCircuitBreaker(Breaker(policy, isFailure, state, counts)).AddTimeout(Timeout(policy, counts));
        AddChaos(builder, policy);
        return builder.Build();
    }

    private ResiliencePipeline Bare(EdgePolicy policy)
    {
        if (Chaos is null || policy.IsBetweenServices)
            return ResiliencePipeline.Empty;
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        AddChaos(builder, policy);
        return builder.Build();
    }

    /// <summary>Calls between services are put wrong behind the pipeline, where their paths are known; others in it, innermost.</summary>
    private void AddChaos(ResiliencePipelineBuilder builder, EdgePolicy policy)
    {
        if (Chaos is not null && !policy.IsBetweenServices)
        {
            Chaos.AddTo(
                builder, () => new TimeoutException($"A fault was put in on {policy.Edge} on purpose."),
                new ChaosCall(CallSide.Outgoing, policy.Callee, ""));
        }
    }

    private static void Begin(EdgeMetrics counts, RetryBudget budget)
    {
        counts.Calls.Add();
        budget.Earn();
    }

    /// <summary>
    /// Exponential with jitter, which in Polly is the decorrelated kind in its second form: the pauses of callers that failed together
    /// spread over the whole range instead of coming in waves, and their middle still doubles.
    /// </summary>
    private RetryStrategyOptions Retry(EdgePolicy policy, Func<Exception, bool> isFailure, RetryBudget budget, EdgeMetrics counts) => new()
    {
        // Asked after the last try too, which must not cost the budget anything.
        ShouldHandle = tried => ValueTask.FromResult(
            IsFailure(tried.Outcome.Exception, isFailure) && tried.AttemptNumber < policy.Retries
                && !tried.Context.Properties.GetValue(NotRepeatable, false) && MaySpend(budget, counts)),
        MaxRetryAttempts = policy.Retries,
        Delay = policy.RetryDelay,
        MaxDelay = policy.RetryDelayMax,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        OnRetry = _ => Count(counts.Retries),
        Randomizer = () =>
        {
            lock (random)
                return random.NextDouble();
        },
    };

    private CircuitBreakerStrategyOptions Breaker(EdgePolicy policy, Func<Exception, bool> isFailure, CircuitBreakerStateProvider state, EdgeMetrics counts) => new()
    {
        ShouldHandle = tried => ValueTask.FromResult(IsFailure(tried.Outcome.Exception, isFailure)),
        FailureRatio = policy.BreakerFailureRatio,
        MinimumThroughput = policy.BreakerCallsMin,
        SamplingDuration = policy.BreakerWindow,
        BreakDuration = policy.BreakerPause,
        StateProvider = state,
        OnOpened = _ => Turn(policy.Edge, CircuitState.Open, counts),
        OnHalfOpened = _ => Turn(policy.Edge, CircuitState.HalfOpen, counts),
        OnClosed = _ => Turn(policy.Edge, CircuitState.Closed, counts),
    };

    private static TimeoutStrategyOptions Timeout(EdgePolicy policy, EdgeMetrics counts) => new()
    {
        Timeout = policy.TryTimeout,
        OnTimeout = _ => Count(counts.Timeouts),
    };

    private static bool IsFailure(Exception? error, Func<Exception, bool> isFailure) =>
        error is TimeoutRejectedException || (error is not null and not ExecutionRejectedException && isFailure(error));

    private static bool MaySpend(RetryBudget budget, EdgeMetrics counts)
    {
        if (budget.TrySpend())
            return true;
        counts.RetriesDenied.Add();
        return false;
    }

    private static ValueTask Count(Counter counter)
    {
        counter.Add();
        return ValueTask.CompletedTask;
    }

    private ValueTask Turn(string edge, CircuitState to, EdgeMetrics counts)
    {
        counts.Turned(to);
        logger.LogWarning(BreakerTurned, "The breaker of {Edge} is {State}.", edge, EdgeMetrics.Word(to));
        return ValueTask.CompletedTask;
    }
}
