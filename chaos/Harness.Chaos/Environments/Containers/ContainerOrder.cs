using System.Globalization;

namespace Harness.Chaos.Environments.Containers;

/// <summary>A store wanted in a container.</summary>
/// <param name="Kind"><c>redis</c> or <c>postgres</c>.</param>
/// <param name="Port">The loopback port of this machine that leads to it.</param>
/// <param name="Image">What it runs from.</param>
/// <param name="Owner">Whose it is.</param>
public sealed record ContainerOrder(string Kind, int Port, string Image, int Owner)
{
    /// <summary>The run record's name.</summary>
    public required string Run { get; init; }

    /// <summary>As arguments of the command that serves it.</summary>
    internal IReadOnlyList<string> Arguments =>
    [
        "--container", Kind, "--port", Port.ToString(CultureInfo.InvariantCulture), "--image", Image,
        "--owner", Owner.ToString(CultureInfo.InvariantCulture), "--run", Run,
    ];
}
