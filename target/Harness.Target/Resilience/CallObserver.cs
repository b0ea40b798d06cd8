using Polly;

namespace Harness.Target.Resilience;

/// <summary>The outermost link of a pipeline: sees every call once, whatever happens to its tries.</summary>
/// <param name="begun">Called before anything else.</param>
/// <param name="failed">Called with what the call ended in.</param>
internal sealed class CallObserver(Action begun, Action<Exception> failed) : ResilienceStrategy
{
    protected override async ValueTask<Outcome<TResult>> ExecuteCore<TResult, TState>(
        Func<ResilienceContext, TState, ValueTask<Outcome<TResult>>> callback, ResilienceContext context, TState state)
    {
        begun();
        var outcome = await callback(context, state);
        if (outcome.Exception is { } error)
            failed(error);
        return outcome;
    }

    internal sealed class Options : ResilienceStrategyOptions;
}
