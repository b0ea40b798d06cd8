using System.Runtime.CompilerServices;

namespace Harness.Load;

/// <summary>Begins the description of what one virtual user does once.</summary>
public static class Scenario
{
    /// <param name="name">Unique within a run.</param>
    /// <param name="run">One iteration. An exception out of it counts as <see cref="Outcome.Unknown"/>.</param>
    public static ScenarioProps Create(string name, Func<IScenarioContext, Task<IResponse>> run) =>
        new(name, context => new ValueTask<IResponse>(run(context)));

    /// <inheritdoc cref="Create(string, Func{IScenarioContext, Task{IResponse}})"/>
    /// <remarks>An <c>async</c> lambda binds to this one: an iteration that completes without waiting then allocates nothing.</remarks>
    [OverloadResolutionPriority(1)]
    public static ScenarioProps Create(string name, Func<IScenarioContext, ValueTask<IResponse>> run) => new(name, run);

    /// <summary>One that does nothing but its <c>WithInit</c> and <c>WithClean</c>.</summary>
    public static ScenarioProps Empty(string name) => new(name, _ => ValueTask.FromResult<IResponse>(Response.Ok())) { IsEmpty = true };
}
