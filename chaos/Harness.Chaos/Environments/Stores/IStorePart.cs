namespace Harness.Chaos.Environments.Stores;

/// <summary>A store that every service uses through an edge of its own: how it starts, when it is ready, and what a service is told of it.</summary>
internal interface IStorePart
{
    /// <summary>As edges call it.</summary>
    string Name { get; }

    /// <summary>What every service finds in its environment: secrets, which a command line would show to everybody.</summary>
    IReadOnlyDictionary<string, string> ServiceVariables => new Dictionary<string, string>();

    /// <summary>What its own process finds in its environment.</summary>
    IReadOnlyDictionary<string, string> OwnVariables => new Dictionary<string, string>();

    /// <summary>Makes ready what it needs on disk.</summary>
    /// <param name="port">Where it is to listen, on loopback.</param>
    /// <param name="folder">Its own, there and empty.</param>
    /// <param name="request">What the environment was asked for.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The command that serves until its standard input ends.</returns>
    Task<IReadOnlyList<string>> PrepareAsync(int port, string folder, EnvironmentRequest request, CancellationToken cancellationToken);

    /// <summary>Completes when it answers.</summary>
    Task ReadyAsync(int port, CancellationToken cancellationToken);

    /// <summary>How the harness itself reaches it, past every proxy.</summary>
    string Connection(int port);

    /// <summary>What a service is started with to find it at <paramref name="proxy"/>.</summary>
    IEnumerable<string> ServiceArguments(string service, Uri proxy);
}
