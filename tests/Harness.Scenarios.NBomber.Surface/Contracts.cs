namespace NBomber.Contracts;

// The part of NBomber 4.1.2's public surface that a scenario file touches, written down by hand so that the scenarios can be compiled against
// it where the packages cannot be restored. Nothing here runs. What F# makes of its own types is kept: sizes are int, an option is a class
// with Value, records are closed classes.

public interface IResponse
{
    string StatusCode { get; }

    bool IsError { get; }

    int SizeBytes { get; }

    double LatencyMs { get; }

    string Message { get; }
}

public sealed class Response<T> : IResponse
{
    private Response() => throw new NotSupportedException();

    public string StatusCode => throw new NotSupportedException();

    public bool IsError => throw new NotSupportedException();

    public int SizeBytes => throw new NotSupportedException();

    public double LatencyMs => throw new NotSupportedException();

    public string Message => throw new NotSupportedException();

    public FSharpOption<T> Payload => throw new NotSupportedException();
}

public sealed class FSharpOption<T>
{
    private FSharpOption() => throw new NotSupportedException();

    public T Value => throw new NotSupportedException();
}

public sealed class ScenarioInfo
{
    private ScenarioInfo() => throw new NotSupportedException();

    public string ThreadId => throw new NotSupportedException();

    public int ThreadNumber => throw new NotSupportedException();

    public string ScenarioName => throw new NotSupportedException();

    public TimeSpan ScenarioDuration => throw new NotSupportedException();
}

public interface IScenarioContext
{
    ScenarioInfo ScenarioInfo { get; }

    int InvocationNumber { get; }

    Dictionary<string, object> Data { get; }

    void StopScenario(string scenarioName, string reason);

    void StopCurrentTest(string reason);
}

public interface IScenarioInitContext
{
    ScenarioInfo ScenarioInfo { get; }
}

public sealed class LoadSimulation
{
    private LoadSimulation() => throw new NotSupportedException();
}

public sealed class ScenarioProps
{
    private ScenarioProps() => throw new NotSupportedException();

    public string ScenarioName => throw new NotSupportedException();
}
