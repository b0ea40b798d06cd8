namespace Harness.Load;

/// <summary>What is being run; NBomber's names.</summary>
public sealed record TestInfo
{
    /// <summary>Unique; made of the moment of its creation when nobody gave one.</summary>
    public required string SessionId { get; init; }

    public required string TestSuite { get; init; }

    public required string TestName { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Created { get; init; }
}

/// <summary>Where it is run; NBomber's names.</summary>
/// <param name="MachineName">As the machine calls itself.</param>
/// <param name="OS">The operating system, for people.</param>
/// <param name="DotNetVersion">The runtime's.</param>
/// <param name="CoresCount">Processors that the process may use.</param>
public sealed record NodeInfo(string MachineName, string OS, string DotNetVersion, int CoresCount)
{
    /// <summary>This machine.</summary>
    public static NodeInfo Current { get; } = new(
        Environment.MachineName,
        System.Runtime.InteropServices.RuntimeInformation.OSDescription,
        Environment.Version.ToString(),
        Environment.ProcessorCount);
}

/// <summary>What a scenario is doing; NBomber's names.</summary>
public enum ScenarioOperation
{
    Init,
    Clean,

    /// <summary>Iterations that are not measured.</summary>
    WarmUp,

    /// <summary>Iterations that are.</summary>
    Bombing,
}

/// <summary>Which part of a scenario's data is this process's, of several that share it. There is one process here: always the first of one.</summary>
public sealed record ScenarioPartition(int Number, int Count);
