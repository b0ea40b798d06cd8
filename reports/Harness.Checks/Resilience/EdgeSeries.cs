using Harness.Records;

namespace Harness.Checks.Resilience;

/// <summary>What one service said of one outgoing edge, second by second.</summary>
/// <param name="Service">Who calls.</param>
/// <param name="Edge">As it names the edge itself: <c>orders -> inventory</c>.</param>
/// <param name="Points">In the order of time; a second in which it said nothing is missing.</param>
internal sealed record EdgeSeries(string Service, string Edge, IReadOnlyList<EdgePoint> Points)
{
    private const string Prefix = "edge_calls_total{edge=\"";

    /// <summary>Every edge of which calls were counted.</summary>
    public static IReadOnlyList<EdgeSeries> Of(IReadOnlyList<SeriesSample> series)
    {
        var edges = new SortedDictionary<(string Service, string Edge), List<EdgePoint>>();
        foreach (SeriesSample sample in series)
        {
            foreach ((string service, ServiceSample said) in sample.Services)
            {
                foreach (string metric in said.Metrics.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
                {
                    string edge = metric[Prefix.Length..metric.IndexOf('"', Prefix.Length)];
                    if (!edges.TryGetValue((service, edge), out List<EdgePoint>? points))
                        edges[(service, edge)] = points = [];
                    points.Add(EdgePoint.Of(sample.At, edge, said.Metrics));
                }
            }
        }

        return [.. edges.Select(one => new EdgeSeries(one.Key.Service, one.Key.Edge, one.Value))];
    }
}

/// <summary>The running totals of an edge at a moment, and the state of its breaker.</summary>
/// <param name="At">Since the start of the run.</param>
/// <param name="Calls">However often each was tried.</param>
/// <param name="Retries">Tries after the first.</param>
/// <param name="Rejected">Calls that ended at an open breaker.</param>
/// <param name="Breaker">0 closed, 1 half open, 2 open.</param>
internal readonly record struct EdgePoint(TimeSpan At, double Calls, double Retries, double Rejected, double Breaker)
{
    public static EdgePoint Of(TimeSpan at, string edge, IReadOnlyDictionary<string, double> metrics)
    {
        double Value(string name) => metrics.GetValueOrDefault($"{name}{{edge=\"{edge}\"}}");
        return new EdgePoint(at, Value("edge_calls_total"), Value("edge_retries_total"), Value("edge_rejected_total"), Value("breaker_state"));
    }
}
