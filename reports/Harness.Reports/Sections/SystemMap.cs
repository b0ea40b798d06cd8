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
    private const double Bulge = 56;

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
        double width = places.Values.Max(p => p.X) + BoxWidth + Bulge;
        double height = places.Values.Max(p => p.Y) + BoxHeight + 2;
        string words = string.Join("; ", edges.Select(e => broken[e].Any() ? $"{e}, broken by {string.Join(", ", broken[e].Distinct())}" : e.ToString()));
        return Html.Of($"""
            <figure class="map"><figcaption>What talks to what; a broken edge is dashed and names its fault.</figcaption>
            <div class="table" tabindex="0" role="region" aria-label="Map of the system"><svg viewBox="0 0 {Exact(width)} {Exact(height)}" role="img" aria-label="{words}">
            {edges.Select(e => Edge(places[e.From], places[e.To], broken[e].Any()))}
            {places.Select(p => Node(p.Key, p.Value))}
            {edges.Where(e => broken[e].Any()).Select(e => Label(places[e.From], places[e.To], string.Join(", ", broken[e].Distinct())))}
            </svg></div></figure>
            """);
    }

    // What nothing leads to on the left (clients), what leads nowhere on the right (stores), services between them.
    private static Dictionary<string, (double X, double Y)> Places(List<EdgeName> edges)
    {
        var columns = edges.SelectMany(e => new[] { e.From, e.To }).Distinct()
            .GroupBy(node => edges.All(e => e.To != node) ? 0 : edges.All(e => e.From != node) ? 2 : 1)
            .OrderBy(column => column.Key)
            .ToList();
        int tallest = columns.Max(c => c.Count());
        return columns
            .SelectMany((same, x) => same.Select((node, y) => (node, X: 1 + (x * ColumnWidth), Y: 1 + ((y + ((tallest - same.Count()) / 2.0)) * RowHeight))))
            .ToDictionary(p => p.node, p => (p.X, p.Y));
    }

    private static Html Edge((double X, double Y) from, (double X, double Y) to, bool broken)
    {
        double x1 = from.X + BoxWidth;
        double x2 = from.X == to.X ? x1 : to.X;
        var (y1, y2) = Ends(from, to);

        // Within a column the edge bulges to the right, past whatever stands between its ends.
        string path = from.X == to.X
            ? $"M{Exact(x1)} {Exact(y1)} C{Exact(x1 + Bulge)} {Exact(y1)} {Exact(x1 + Bulge)} {Exact(y2)} {Exact(x2)} {Exact(y2)}"
            : $"M{Exact(x1)} {Exact(y1)} L{Exact(x2)} {Exact(y2)}";
        return Html.Of($"""<path class="{(broken ? "edge broken" : "edge")}" d="{path}"/>""");
    }

    // Nearer to where the edge begins, because edges meet where they end.
    private static Html Label((double X, double Y) from, (double X, double Y) to, string faults)
    {
        double x1 = from.X + BoxWidth;
        var (y1, y2) = Ends(from, to);
        double x = from.X == to.X ? x1 + (Bulge * 0.75) : x1 + ((to.X - x1) * 0.4);
        double y = from.X == to.X ? (y1 + y2) / 2 : y1 + ((y2 - y1) * 0.4);
        return Html.Of($"""<text class="broken" text-anchor="middle" x="{Exact(x)}" y="{Exact(y + 5)}">{faults}</text>""");
    }

    // Edges within a column leave and arrive a little below the middle, apart from those to the next column.
    private static (double From, double To) Ends((double X, double Y) from, (double X, double Y) to) => from.X == to.X
        ? (from.Y + (BoxHeight * 0.75), to.Y + (BoxHeight * 0.25))
        : (from.Y + (BoxHeight / 2), to.Y + (BoxHeight / 2));

    private static Html Node(string name, (double X, double Y) at) => Html.Of($"""
        <rect class="node" x="{Exact(at.X)}" y="{Exact(at.Y)}" width="{Exact(BoxWidth)}" height="{Exact(BoxHeight)}" rx="7"/><text text-anchor="middle" x="{Exact(at.X + (BoxWidth / 2))}" y="{Exact(at.Y + (BoxHeight / 2) + 5)}">{Short(name)}</text>
        """);

    private static string Short(string name) => name.Length <= 18 ? name : name[..17] + "…";

    private static string Exact(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
