using System.Globalization;
using System.Text;

namespace Harness.Target.Observability;

/// <summary>The metrics of one service. What can be counted is fixed at start, so that no input makes it grow.</summary>
public sealed class MetricRegistry
{
    private readonly Lock _gate = new();
    private readonly List<Metric> _metrics = [];

    /// <param name="name">In Prometheus' form, ending in <c>_total</c>.</param>
    /// <param name="labels">As they stand between the braces, like <c>status="CONFIRMED"</c>; empty for none.</param>
    public Counter Counter(string name, string help, string labels = "")
    {
        var counter = new Counter();
        Add(new Metric(name, "counter", help, labels, () => counter.Value));
        return counter;
    }

    /// <param name="read">Called on each scrape; NaN leaves the line out, for a value that is not known now.</param>
    public void Gauge(string name, string help, Func<double> read, string labels = "") => Add(new Metric(name, "gauge", help, labels, read));

    /// <summary>A total that somebody else keeps.</summary>
    public void Total(string name, string help, Func<double> read) => Add(new Metric(name, "counter", help, "", read));

    /// <summary>Everything in Prometheus' text format, version 0.0.4.</summary>
    public string Expose()
    {
        var text = new StringBuilder(2048);
        Metric[] metrics;
        lock (_gate)
            metrics = [.. _metrics];
        foreach (var family in metrics.GroupBy(metric => metric.Name))
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {family.Key} {family.First().Help}\n# TYPE {family.Key} {family.First().Type}\n");
            foreach (var metric in family)
                Append(text, metric);
        }

        return text.ToString();
    }

    /// <summary>Every metric as it is now, for whoever exports them in another form.</summary>
    internal IReadOnlyList<(string Name, string Help, bool Rises, string Labels, Func<double> Read)> All()
    {
        lock (_gate)
            return [.. _metrics.Select(metric => (metric.Name, metric.Help, metric.Type == "counter", metric.Labels, metric.Read))];
    }

    private static void Append(StringBuilder text, Metric metric)
    {
        var value = metric.Read();
        if (double.IsNaN(value))
            return;
        text.Append(metric.Name);
        if (metric.Labels.Length > 0)
            text.Append('{').Append(metric.Labels).Append('}');
        text.Append(CultureInfo.InvariantCulture, $" {value}\n");
    }

    private void Add(Metric metric)
    {
        lock (_gate)
            _metrics.Add(metric);
    }

    private sealed record Metric(string Name, string Type, string Help, string Labels, Func<double> Read);
}

/// <summary>A number that only rises.</summary>
public sealed class Counter
{
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long count = 1) => Interlocked.Add(ref _value, count);
}
