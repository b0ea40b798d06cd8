using NBomber.Contracts;

namespace NBomber.CSharp;

public class Response
{
    private Response() => throw new NotSupportedException();

    public static Response<object> Ok() => throw new NotSupportedException();

    public static Response<object> Fail() => throw new NotSupportedException();

    public static Response<object> Ok(string statusCode = "", int sizeBytes = 0, string message = "", double latencyMs = 0) =>
        throw new NotSupportedException();

    public static Response<T> Ok<T>(string statusCode = "", int sizeBytes = 0, string message = "", double latencyMs = 0) =>
        throw new NotSupportedException();

    public static Response<T> Ok<T>(T payload, string statusCode = "", int sizeBytes = 0, string message = "", double latencyMs = 0) =>
        throw new NotSupportedException();

    public static Response<object> Fail(string statusCode = "", string message = "", int sizeBytes = 0, double latencyMs = 0) =>
        throw new NotSupportedException();

    public static Response<T> Fail<T>(string statusCode = "", string message = "", int sizeBytes = 0, double latencyMs = 0) =>
        throw new NotSupportedException();

    public static Response<T> Fail<T>(T payload, string statusCode = "", string message = "", int sizeBytes = 0, double latencyMs = 0) =>
        throw new NotSupportedException();
}

public class Step
{
    private Step() => throw new NotSupportedException();

    public static Task<Response<T>> Run<T>(string name, IScenarioContext context, Func<Task<Response<T>>> run) =>
        throw new NotSupportedException();
}

// Closed to extension methods in C#, a static class stands for what F# writes as a class with extension members.
public static class Scenario
{
    public static ScenarioProps Create(string name, Func<IScenarioContext, Task<IResponse>> run) => throw new NotSupportedException();

    public static ScenarioProps Empty(string name) => throw new NotSupportedException();

    public static ScenarioProps WithInit(this ScenarioProps scenario, Func<IScenarioInitContext, Task> initFunc) =>
        throw new NotSupportedException();

    public static ScenarioProps WithClean(this ScenarioProps scenario, Func<IScenarioInitContext, Task> cleanFunc) =>
        throw new NotSupportedException();

    public static ScenarioProps WithWarmUpDuration(this ScenarioProps scenario, TimeSpan duration) => throw new NotSupportedException();

    public static ScenarioProps WithoutWarmUp(this ScenarioProps scenario) => throw new NotSupportedException();

    public static ScenarioProps WithLoadSimulations(this ScenarioProps scenario, params LoadSimulation[] loadSimulations) =>
        throw new NotSupportedException();

    public static ScenarioProps WithRestartIterationOnFail(this ScenarioProps scenario, bool shouldRestart) =>
        throw new NotSupportedException();

    public static ScenarioProps WithMaxFailCount(this ScenarioProps scenario, int failCount) => throw new NotSupportedException();
}
