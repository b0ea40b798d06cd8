using Harness.Target.Chaos.Calls;
using Polly;

namespace Harness.Target.Resilience;

/// <summary>Calls another service over one edge, with the edge's pipeline. One for each edge, whatever is asked over it: they share its breaker and its places.</summary>
public sealed class EdgeClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly ResiliencePipeline _pipeline;

    /// <param name="callee">Where the other service is reached.</param>
    /// <param name="policy">The edge's.</param>
    public EdgeClient(Uri callee, EdgePolicy policy, EdgePipelines pipelines)
    {
        // The bare call keeps a bound of its own, a patient one: it shows what happens without a pipeline, and still ends.
        HttpMessageHandler wire = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2) };
        if (pipelines.Chaos is { } chaos)
            wire = new CallChaosHandler(chaos, policy.Callee, wire);
        _http = new HttpClient(wire) { BaseAddress = callee, Timeout = TimeSpan.FromSeconds(30) };
        _pipeline = pipelines.Build(policy, failure => failure is HttpRequestException);
    }

    /// <summary>Has <paramref name="call"/> made, again when the policy says so.</summary>
    /// <param name="call">Throws <see cref="HttpRequestException"/> for an answer that is a failure.</param>
    /// <exception cref="EdgeCallException">No answer in time, or a failure; whether it took effect is not known.</exception>
    public async Task<T> CallAsync<T>(Func<HttpClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipeline.ExecuteAsync(token => new ValueTask<T>(call(_http, token)), cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or ExecutionRejectedException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new EdgeCallException(e);
        }
    }

    /// <summary>Completes when the callee lives. Beside the pipeline, because it is a question of our own and nobody's call.</summary>
    /// <exception cref="Exception">It does not answer, or with an error.</exception>
    public async Task ReachAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.GetAsync("/health/live", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();
}

/// <summary>A call to another service came to nothing, as far as the caller knows.</summary>
public sealed class EdgeCallException(Exception inner) : Exception(inner.Message, inner);
