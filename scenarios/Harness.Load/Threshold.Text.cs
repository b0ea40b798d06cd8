using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Load;

/// <content>Thresholds as people write them outside of code.</content>
public sealed partial record Threshold
{
    /// <summary>How a threshold is written, for error messages.</summary>
    public const string TextForm =
        "a threshold such as 'p99 < 80ms', 'p(95)<500', 'errors < 1%', 'rps >= 190' or 'count > 1000'; "
        + "it takes p50, p75, p90, p95, p99, p99.9, p99.99, min, mean, max, errors, rps or count";

    private const double MsPerSecond = 1000;

    /// <summary>Reads <c>p99 &lt; 80ms</c>. Times are of what ended ok (a bare number is in ms); <c>errors</c> is the share of what ended and
    /// was not ok, a ratio or per cent; <c>rps</c> and <c>count</c> are of what ended ok.</summary>
    /// <param name="text">Metric, comparison, value; k6's <c>p(95)</c>, <c>avg</c> and <c>med</c> are understood.</param>
    /// <param name="stepName">The step it is about; null for the whole scenario.</param>
    /// <param name="abortWhenErrorCount">The run ends when it did not hold in this many looks, one a second; null never.</param>
    /// <param name="startCheckAfter">No look is taken before.</param>
    /// <param name="threshold">Null when it cannot be read.</param>
    public static bool TryParse(
        string text, string? stepName, int? abortWhenErrorCount, TimeSpan startCheckAfter, out Threshold? threshold)
    {
        threshold = null;
        Match match = Written().Match(text);
        if (!match.Success || ValueOf(match) is not { } limit || MetricOf(match.Groups["metric"].Value) is not { } metric)
            return false;
        // NaN where nothing ended: neither below a limit nor above it, so that silence never passes.
        Func<double, bool> holds = Comparison(match.Groups["op"].Value, limit);
        threshold = stepName is null
            ? Create(scenario => holds(metric(scenario.Ok, scenario.Fail)), abortWhenErrorCount, startCheckAfter, text)
            : Create(stepName, step => holds(metric(step.Ok, step.Fail)), abortWhenErrorCount, startCheckAfter, text);
        return true;
    }

    private static Func<double, bool> Comparison(string op, double limit) => op switch
    {
        "<" => seen => seen < limit,
        "<=" => seen => seen <= limit,
        ">" => seen => seen > limit,
        _ => seen => seen >= limit,
    };

    private static Func<MeasurementStats, MeasurementStats, double>? MetricOf(string name) => name switch
    {
        "p50" or "p(50)" or "med" => (ok, _) => Time(ok, ok.Latency.Percent50),
        "p75" or "p(75)" => (ok, _) => Time(ok, ok.Latency.Percent75),
        "p90" or "p(90)" => (ok, _) => Time(ok, ok.Latency.Percent90),
        "p95" or "p(95)" => (ok, _) => Time(ok, ok.Latency.Percent95),
        "p99" or "p(99)" => (ok, _) => Time(ok, ok.Latency.Percent99),
        "p99.9" or "p(99.9)" => (ok, _) => Time(ok, ok.Latency.Percent999),
        "p99.99" or "p(99.99)" => (ok, _) => Time(ok, ok.Latency.Percent9999),
        "min" => (ok, _) => Time(ok, ok.Latency.MinMs),
        "mean" or "avg" => (ok, _) => Time(ok, ok.Latency.MeanMs),
        "max" => (ok, _) => Time(ok, ok.Latency.MaxMs),
        "errors" => (ok, fail) => ok.Request.Count + fail.Request.Count > 0 ? fail.Request.Percent / 100 : double.NaN,
        "rps" => (ok, _) => ok.Request.RPS,
        "count" => (ok, _) => ok.Request.Count,
        _ => null,
    };

    private static double Time(MeasurementStats ok, double ms) => ok.Request.Count > 0 ? ms : double.NaN;

    /// <summary>In the unit of its metric; null when the unit is another's.</summary>
    private static double? ValueOf(Match match)
    {
        double number = double.Parse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture);
        string metric = match.Groups["metric"].Value;
        bool isTime = metric is not ("errors" or "rps" or "count");
        return match.Groups["unit"].Value switch
        {
            "" => number,
            "%" when metric == "errors" => number / 100,
            "us" or "µs" when isTime => number / 1000,
            "ms" when isTime => number,
            "s" when isTime => number * MsPerSecond,
            "/s" when metric == "rps" => number,
            _ => null,
        };
    }

    [GeneratedRegex(@"^\s*(?<metric>[a-z][a-z0-9.()]*)\s*(?<op><=|>=|<|>)\s*(?<value>\d+(\.\d+)?)\s*(?<unit>%|us|µs|ms|s|/s|)\s*$")]
    private static partial Regex Written();
}
