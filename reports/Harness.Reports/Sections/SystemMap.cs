using System.Globalization;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>The services and the edges between them, with what was broken: a drawing that needs no script.</summary>
internal static class SystemMap
{
    private const double ColumnWidth = 300;
    private const double RowHeight = 64;
    private const double BoxWidth = 150;
    private const double BoxHeight = 36;

    /// <summary>Nothing where the environment named no edges.</summary>
    public static Html Of(RunFacts facts)
    {
        var edges = facts.Description.Edges.Select(EdgeName.Parse).OfType<EdgeName>().Distinct().ToList();
        if (edges.Count == 0)
            return Html.Empty;

        var broken = facts.Description.Faults
            .SelectMany(f => f.Edges.Select(edge => (Edge: EdgeName.Parse(edge), f.Kind)))
            .ToLookup(f => f.Edge, f => f.Kind);
        Dictionary<string, (double X, double Y)> places = Places(edges);
        double width = places.Values.Max(p => p.X) + BoxWidth + 2;
        double height = places.Values.Max(p => p.Y) + BoxHeight + 2;
        string words = string.Join("; ", edges.Select(e => broken[e].Any() ? $"{e}, broken by {string.Join(", ", broken[e].Distinct())}" : e.ToString()));
        return Html.Of($"""
            <figure class="map"><figcaption>What talks to what; a broken edge is dashed and names its fault.</figcaption>
            <div class="table" tabindex="0" role="region" aria-label="Map of the system"><svg viewBox="0 0 {Exact(width)} {Exact(height)}" role="img" aria-label="{words}">
            {edges.OrderBy(e => broken[e].Any()).Select(e => Edge(places[e.From], places[e.To], broken[e]))}
            {places.Select(p => Node(p.Key, p.Value))}
            </svg></div></figure>
            """);
    }

    // What nothing comes after stands on the right, and each of the others a column before the first that it leads to.
    private static Dictionary<string, (double X, double Y)> Places(List<EdgeName> edges)
    {
        var nodes = edges.SelectMany(e => new[] { e.From, e.To }).Distinct().ToList();
        var stepsToEnd = nodes.ToDictionary(n => n, _ => 0);

        // As many rounds as there are nodes: enough for every path, and an end for a circle.
        for (int round = 1; round < nodes.Count; round++)
        {
            foreach (EdgeName edge in edges.Where(e => stepsToEnd[e.From] <= stepsToEnd[e.To] && stepsToEnd[e.To] + 1 < nodes.Count))
                stepsToEnd[edge.From] = stepsToEnd[edge.To] + 1;
        }

        var column = nodes.ToDictionary(n => n, n => stepsToEnd.Values.Max() - stepsToEnd[n]);
        int tallest = nodes.GroupBy(n => column[n]).Max(c => c.Count());
        return nodes.GroupBy(n => column[n])
            .OrderBy(c => c.Key)
            .SelectMany((same, x) => same.Select((node, y) => (node, X: 1 + (x * ColumnWidth), Y: 1 + ((y + ((tallest - same.Count()) / 2.0)) * RowHeight))))
            .ToDictionary(p => p.node, p => (p.X, p.Y));
    }

    private static Html Edge((double X, double Y) from, (double X, double Y) to, IEnumerable<string> faults)
    {
        string kinds = string.Join(", ", faults.Distinct());
        var (x1, y1, x2, y2) = (from.X + BoxWidth, from.Y + (BoxHeight / 2), to.X, to.Y + (BoxHeight / 2));
        Html label = kinds.Length == 0 ? Html.Empty : Html.Of(
            $"""<text class="broken" text-anchor="middle" x="{Exact((x1 + x2) / 2)}" y="{Exact(((y1 + y2) / 2) - 8)}">{kinds}</text>""");
        return Html.Of($"""<line class="{(kinds.Length == 0 ? "edge" : "edge broken")}" x1="{Exact(x1)}" y1="{Exact(y1)}" x2="{Exact(x2)}" y2="{Exact(y2)}"/>{label}""");
    }

    private static Html Node(string name, (double X, double Y) at) => Html.Of($"""
        <rect class="node" x="{Exact(at.X)}" y="{Exact(at.Y)}" width="{Exact(BoxWidth)}" height="{Exact(BoxHeight)}" rx="7"/><text text-anchor="middle" x="{Exact(at.X + (BoxWidth / 2))}" y="{Exact(at.Y + (BoxHeight / 2) + 5)}">{Short(name)}</text>
        """);

    private static string Short(string name) => name.Length <= 18 ? name : name[..17] + "…";

    private static string Exact(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
