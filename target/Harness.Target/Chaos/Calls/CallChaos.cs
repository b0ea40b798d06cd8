using Polly;
using Polly.Simmy;
using Polly.Simmy.Fault;
using Polly.Simmy.Latency;
using Polly.Simmy.Outcomes;

namespace Harness.Target.Chaos.Calls;

/// <summary>
/// Puts the chaos strategies of Polly into pipelines. They are always there and do nothing until a fault is held that fits the call; which
/// one that is, is decided once a call, so that a fault that ends meanwhile ends with the next call.
/// </summary>
internal sealed class CallChaos(ChaosBoard board, TimeProvider time, Random random)
{
    private static readonly ResiliencePropertyKey<ChaosCall> Call = new("chaos-call");

    public ChaosBoard Board => board;

    /// <summary>A context that says which call it is; to be given back.</summary>
    public static ResilienceContext ContextOf(ChaosCall call, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Call, call);
        return context;
    }

    /// <summary>Adds latency and errors, innermost.</summary>
    /// <param name="error">The exception of a call that fails.</param>
    /// <param name="always">The call of a pipeline whose contexts do not say it.</param>
    public void AddTo<TBuilder>(TBuilder builder, Func<Exception> error, ChaosCall? always = null)
        where TBuilder : ResiliencePipelineBuilderBase
    {
        var (slow, failing) = (new Chosen<SlowCalls>(board, always), new Chosen<FailingCalls>(board, always));
        builder.TimeProvider ??= time;
        builder.AddChaosLatency(Configure(slow, new ChaosLatencyStrategyOptions
        {
            // Counted when it begins: a call whose own timeout ends the wait was delayed too.
            LatencyGenerator = hit =>
            {
                var (held, fault) = Chosen<SlowCalls>.In(hit.Context);
                held.Count("calls delayed");
                return ValueTask.FromResult(fault.Delay);
            },
        }));
        builder.AddChaosFault(Configure(failing, new ChaosFaultStrategyOptions
        {
            FaultGenerator = _ => ValueTask.FromResult<Exception?>(error()),
            OnFaultInjected = hit => Count(Chosen<FailingCalls>.In(hit.Context).Held, "calls failed"),
        }));
    }

    /// <summary>Adds wrong results, innermost.</summary>
    /// <param name="answer">Makes the wrong answer, by asking for the right one where that is needed; null when it could not be made wrong.</param>
    public void AddWrongResults<TResult>(ResiliencePipelineBuilder<TResult> builder, Func<ResilienceContext, WrongResults, ValueTask<(TResult Answer, bool IsWrong)>> answer)
    {
        var wrong = new Chosen<WrongResults>(board, null);
        builder.AddChaosOutcome(Configure(wrong, new ChaosOutcomeStrategyOptions<TResult>
        {
            OutcomeGenerator = async hit =>
            {
                var (held, fault) = Chosen<WrongResults>.In(hit.Context);
                try
                {
                    var (result, isWrong) = await answer(hit.Context, fault);
                    if (isWrong)
                        held.Count("answers made wrong");
                    return Outcome.FromResult(result);
                }
                catch (Exception e)
                {
                    return Outcome.FromException<TResult>(e);
                }
            },
        }));
    }

    private TOptions Configure<TFault, TOptions>(Chosen<TFault> chosen, TOptions options)
        where TFault : CallFault
        where TOptions : ChaosStrategyOptions
    {
        options.EnabledGenerator = asked => ValueTask.FromResult(chosen.Choose(asked.Context));
        options.InjectionRateGenerator = asked => ValueTask.FromResult(Chosen<TFault>.In(asked.Context).Fault.Ratio);
        options.Randomizer = () =>
        {
            lock (random)
                return random.NextDouble();
        };
        return options;
    }

    private static ValueTask Count(HeldFault held, string what)
    {
        held.Count(what);
        return ValueTask.CompletedTask;
    }

    /// <summary>The fault of one kind that a call was found to be hit by.</summary>
    private sealed class Chosen<TFault>(ChaosBoard board, ChaosCall? always)
        where TFault : CallFault
    {
        private static readonly ResiliencePropertyKey<HeldFault> Key = new($"chaos-{typeof(TFault).Name}");

        public bool Choose(ResilienceContext context)
        {
            if (board.IsQuiet || (always ?? context.Properties.GetValue(Call, default)) is var call && board.Find<TFault>(fault => fault.Fits(call)) is not { } held)
                return false;
            context.Properties.Set(Key, held);
            return true;
        }

        public static (HeldFault Held, TFault Fault) In(ResilienceContext context)
        {
            var held = context.Properties.GetValue(Key, null!);
            return (held, (TFault)held.Fault);
        }
    }
}
