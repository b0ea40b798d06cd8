namespace Harness.Reports.Figures;

/// <summary>A directed link, as it is written: <c>client -&gt; orders</c>.</summary>
internal sealed record EdgeName(string From, string To)
{
    /// <summary>Null for what is no edge.</summary>
    public static EdgeName? Parse(string edge) =>
        edge.Split("->", 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } from, { Length: > 0 } to] ? new EdgeName(from, to) : null;

    public override string ToString() => $"{From} -> {To}";
}
