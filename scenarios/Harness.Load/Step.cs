using System.Runtime.CompilerServices;
using Harness.Load.Running;

namespace Harness.Load;

/// <summary>A part of an iteration that is measured and counted by itself.</summary>
public static class Step
{
    /// <param name="name">Unique within the scenario.</param>
    /// <param name="context">The iteration's.</param>
    /// <param name="run">The part. An exception out of it counts as <see cref="Outcome.Unknown"/>.</param>
    /// <returns>What <paramref name="run"/> answered. When that is not ok the iteration ends here with the same answer, unless the scenario
    /// was made <c>WithRestartIterationOnFail(false)</c>.</returns>
    [OverloadResolutionPriority(1)]
    public static Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run) =>
        Run(name, context, () => new ValueTask<Response<T>>(run())).AsTask();

    /// <inheritdoc cref="Run{T}(string, IScenarioContext, Func{Task{Response{T}}})"/>
    public static async ValueTask<Response<T>> Run<T>(string name, IScenarioContext context, Func<ValueTask<Response<T>>> run)
    {
        VirtualUser user = UserOf(context);
        long started = user.Scenario.Clock.Timestamp;
        Response<T> response;
        try
        {
            response = await run();
        }
        catch (Exception thrown) when (!user.ScenarioCancellationToken.IsCancellationRequested)
        {
            response = Response.Unknown<T>(ErrorClass.Of(thrown), message: thrown.Message);
        }

        End(user, name, response, started);
        return response;
    }

    /// <summary>For calls of the raw lane: with a delegate that is made once for all iterations, nothing is allocated.</summary>
    /// <inheritdoc cref="Run{T}(string, IScenarioContext, Func{Task{Response{T}}})"/>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<IResponse> Run(string name, IScenarioContext context, Func<IScenarioContext, ValueTask<IResponse>> run)
    {
        VirtualUser user = UserOf(context);
        long started = user.Scenario.Clock.Timestamp;
        IResponse response;
        try
        {
            response = await run(context);
        }
        catch (Exception thrown) when (!user.ScenarioCancellationToken.IsCancellationRequested)
        {
            response = Response.Unknown(ErrorClass.Of(thrown), message: thrown.Message);
        }

        End(user, name, response, started);
        return response;
    }

    private static VirtualUser UserOf(IScenarioContext context) =>
        context as VirtualUser ?? throw new ArgumentException("Not the context of an iteration.", nameof(context));

    private static void End(VirtualUser user, string name, IResponse response, long started)
    {
        user.Scenario.CountStep(user, name, response, started);
        if (response.IsError && user.Scenario.FailedStepEndsIteration)
            throw new IterationEndedException(response);
    }
}
