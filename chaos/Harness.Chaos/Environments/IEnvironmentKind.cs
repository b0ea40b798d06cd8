namespace Harness.Chaos.Environments;

/// <summary>A place where services and their stores come from; a new one is one new file.</summary>
public interface IEnvironmentKind
{
    /// <summary>What <c>--env</c> calls it.</summary>
    string Name { get; }

    /// <summary>One line for lists.</summary>
    string Summary { get; }

    /// <summary>Every edge that can be broken, in a stable order.</summary>
    IReadOnlyList<Edge> Edges { get; }

    /// <summary>Every service and store that is a process of this machine, and so can be stopped and started; in a stable order.</summary>
    IReadOnlyList<string> Parts => [];

    /// <summary>Whether requests and answers cross that edge in plain HTTP, so that single ones can be told apart.</summary>
    bool IsHttp(Edge edge) => OrderSystemRun.ServiceNames.Contains(edge.To);

    /// <summary>What this machine lacks for it, each with how to get it; empty when it would work.</summary>
    IReadOnlyList<string> Missing(IReadOnlyList<string> targetCommand);

    /// <summary>Starts everything and returns when every part is ready; a failed start leaves nothing behind.</summary>
    /// <exception cref="EnvironmentException">Something did not become ready; the message has its last words.</exception>
    Task<IRunningEnvironment> StartAsync(EnvironmentRequest request, CancellationToken cancellationToken);
}

/// <summary>The environments there are.</summary>
public static class EnvironmentKinds
{
    public static IReadOnlyList<IEnvironmentKind> All { get; } = [new EmbeddedEnvironment(), new LocalEnvironment()];

    /// <summary>The environment of that name, or null.</summary>
    public static IEnvironmentKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);
}

/// <summary>Why an environment could not be started or did not stay up.</summary>
public sealed class EnvironmentException(string message) : Exception(message);
