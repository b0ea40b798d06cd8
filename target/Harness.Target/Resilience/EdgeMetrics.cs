using Harness.Target.Observability;
using Polly.CircuitBreaker;
using Polly.RateLimiting;

namespace Harness.Target.Resilience;

/// <summary>What a pipeline did, counted by edge; <c>edge_retries_total / edge_calls_total</c> is what retries add to the load.</summary>
internal sealed class EdgeMetrics
{
    private readonly Dictionary<CircuitState, Counter> _transitions;
    private readonly Counter _rejected;
    private readonly Counter _limited;

    public EdgeMetrics(MetricRegistry metrics, string edge, CircuitBreakerStateProvider state)
    {
        var label = $"edge=\"{edge}\"";
        Calls = metrics.Counter("edge_calls_total", "Calls, however often each was tried.", label);
        Retries = metrics.Counter("edge_retries_total", "Tries after the first.", label);
        RetriesDenied = metrics.Counter("edge_retries_denied_total", "Failed calls that the retry budget did not let try again.", label);
        Timeouts = metrics.Counter("edge_timeouts_total", "Tries that took too long.", label);
        _rejected = metrics.Counter("edge_rejected_total", "Calls that ended at an open breaker.", label);
        _limited = metrics.Counter("edge_limited_total", "Calls for which there was no place.", label);
        metrics.Gauge("breaker_state", "0 closed, 1 half open, 2 open.", () => Level(state.CircuitState), label);
        _transitions = new[] { CircuitState.Open, CircuitState.HalfOpen, CircuitState.Closed }.ToDictionary(
            to => to, to => metrics.Counter("breaker_transitions_total", "Changes of the breaker's state.", $"{label},to=\"{Word(to)}\""));
    }

    public Counter Calls { get; }

    public Counter Retries { get; }

    public Counter RetriesDenied { get; }

    public Counter Timeouts { get; }

    /// <summary>The state as metrics and logs name it.</summary>
    public static string Word(CircuitState state) => state switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half-open",
        _ => "open",
    };

    public void Turned(CircuitState to) => _transitions[to].Add();

    public void Failed(Exception error)
    {
        if (error is BrokenCircuitException)
            _rejected.Add();
        else if (error is RateLimiterRejectedException)
            _limited.Add();
    }

    private static double Level(CircuitState state) => state switch
    {
        CircuitState.Closed => 0,
        CircuitState.HalfOpen => 1,
        _ => 2,
    };
}
