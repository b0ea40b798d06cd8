namespace Harness.Chaos.Environments;

/// <summary>A directed link between two parts of the system, written <c>payments -> redis</c>. Each has a proxy of its own.</summary>
public sealed record Edge(string From, string To)
{
    private const string Arrow = "->";

    /// <summary>Reads <c>from -> to</c>, with or without blanks; null when it is no such thing.</summary>
    public static Edge? Parse(string text) =>
        text.Split(Arrow, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) is [var from, var to] ? new Edge(from, to) : null;

    public override string ToString() => $"{From} {Arrow} {To}";
}
