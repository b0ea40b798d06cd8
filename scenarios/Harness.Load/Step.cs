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
        VirtualUser user = context as VirtualUser ?? throw new ArgumentException("Not the context of an iteration.", nameof(context));
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

        user.Scenario.CountStep(user, name, response, started);
        return response.IsError && user.Scenario.FailedStepEndsIteration ? throw new IterationEndedException(response) : response;
    }
}
