namespace Harness.Reports.Charts;

/// <summary>A metric's name as a service publishes it, taken apart: <c>cache_hits_total{cache="products"}</c>.</summary>
/// <param name="Family">What stands before the labels.</param>
/// <param name="Labels">What stands in the braces; empty when there are none.</param>
internal readonly record struct MetricName(string Family, string Labels)
{
    public static MetricName Parse(string published) => published.IndexOf('{', StringComparison.Ordinal) is var brace and >= 0
        ? new MetricName(published[..brace], published[(brace + 1)..].TrimEnd('}').Replace("\"", "", StringComparison.Ordinal))
        : new MetricName(published, "");

    /// <summary>A running total, by the naming rules of Prometheus: shown as its growth a second.</summary>
    public bool IsCounter => Family.EndsWith("_total", StringComparison.Ordinal)
        || Family.EndsWith("_count", StringComparison.Ordinal)
        || Family.EndsWith("_sum", StringComparison.Ordinal);

    /// <summary>A bucket of a histogram: by itself it says nothing.</summary>
    public bool IsBucket => Family.EndsWith("_bucket", StringComparison.Ordinal);

    public bool IsBytes => Family.EndsWith("_bytes", StringComparison.Ordinal);
}
