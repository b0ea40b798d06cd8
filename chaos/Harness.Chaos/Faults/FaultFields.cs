using Harness.Chaos.Environments;
using Harness.Chaos.Experiments;
using Harness.Toxiproxy;

namespace Harness.Chaos.Faults;

/// <summary>The fields of one fault in a file, and the environment it is meant for.</summary>
/// <param name="Own">Reads the fields of the kind.</param>
/// <param name="Environment">Has the links and parts that can be named.</param>
public sealed record FaultFields(MappingReader Own, IEnvironmentKind Environment)
{
    /// <summary>What <c>direction</c> takes: both, with the caller's data, or with the answers.</summary>
    private static readonly string[] Directions = ["both", "upstream", "downstream"];

    private IReadOnlyList<Edge>? _edges;

    /// <summary>The links under <c>edges</c>; at least one, each of this environment. Asked again, it answers the same and reports nothing twice.</summary>
    public IReadOnlyList<Edge> Edges() => _edges ??= ReadEdges();

    /// <summary>Which way the data goes that is hit: upstream from the caller, downstream back to it. Default both.</summary>
    public ToxicStream Direction() => Own.Choice("direction", Directions) switch
    {
        "upstream" => ToxicStream.Upstream,
        "downstream" => ToxicStream.Downstream,
        _ => ToxicStream.Both,
    };

    /// <summary>A duration that must be there and above zero.</summary>
    public TimeSpan Duration(string key)
    {
        TimeSpan? read = Own.Required<TimeSpan>(key, Units.TryDuration, Units.DurationForm);
        if (read == TimeSpan.Zero && Own.Text(key) is { } text && Units.TryDuration(text, out _))
            Own.Report(key, $"'{text}' changes nothing; it takes {Units.DurationForm}");
        return read.Value;
    }

    /// <summary>A duration that need not be there.</summary>
    public TimeSpan Duration(string key, TimeSpan missing) => Own.Optional<TimeSpan>(key, Units.TryDuration, Units.DurationForm) ?? missing;

    /// <summary>A share that must be there and above zero.</summary>
    public double Ratio(string key)
    {
        double ratio = Own.Required<double>(key, Units.TryRatio, Units.RatioForm);
        if (ratio == 0 && Own.Text(key) is { } text && Units.TryRatio(text, out _))
            Own.Report(key, $"'{text}' changes nothing; it takes {Units.RatioForm}");
        return ratio;
    }

    /// <summary>A share that need not be there.</summary>
    public double Ratio(string key, double missing) => Own.Optional<double>(key, Units.TryRatio, Units.RatioForm) ?? missing;

    private List<Edge> ReadEdges()
    {
        IReadOnlyList<string> written = Own.Texts("edges");
        if (written.Count == 0)
            Own.Report("edges", $"is missing; it takes a list of edges: {string.Join(", ", Environment.Edges)}");
        var edges = new List<Edge>();
        foreach (string text in written)
        {
            if (Edge.Parse(text) is not { } edge || !Environment.Edges.Contains(edge))
                Own.Report("edges", $"'{text}' is not an edge of --env {Environment.Name}; {Hint(text)}");
            else if (edges.Contains(edge))
                Own.Report("edges", $"'{text}' is named twice");
            else
                edges.Add(edge);
        }

        return edges;
    }

    private string Hint(string text) =>
        EnvironmentKinds.All.FirstOrDefault(other => other.Edges.Any(edge => edge.ToString() == text)) is { } has
            ? $"--env {has.Name} has it"
            : NearestName.Hint(text, Environment.Edges.Select(edge => edge.ToString()));
}
