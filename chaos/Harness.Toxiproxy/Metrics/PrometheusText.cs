using System.Globalization;
using System.Text;

namespace Harness.Toxiproxy.Metrics;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    public PrometheusText Metric(string name, string type, string help)
    {
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");
        return this;
    }

    public PrometheusText Sample(string name, double value, params (string Name, string Value)[] labels)
    {
        string all = labels.Length == 0 ? "" : "{" + string.Join(',', labels.Select(l => $"{l.Name}=\"{Escape(l.Value)}\"")) + "}";
        _text.Append(CultureInfo.InvariantCulture, $"{name}{all} {value}\n");
        return this;
    }

    public override string ToString() => _text.ToString();

    private static string Escape(string value) => value.Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
}
