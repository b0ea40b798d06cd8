using System.Globalization;
using System.Text.RegularExpressions;

namespace Harness.Load.Configuring;

/// <summary>Reads <c>{ "OkLatency": "p75 &lt; 80", "StepName": "place", "AbortWhenErrorCount": 5, "StartCheckAfter": "00:00:10" }</c>.</summary>
internal static partial class ThresholdConfig
{
    private static readonly Dictionary<string, Func<MeasurementStats, MeasurementStats, MeasurementStats>> Sides = new()
    {
        ["OkRequest"] = (ok, _) => ok,
        ["FailRequest"] = (_, fail) => fail,
        ["OkLatency"] = (ok, _) => ok,
        ["FailLatency"] = (_, fail) => fail,
    };

    private static readonly Dictionary<string, Func<RequestStats, double>> Requests = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Count"] = request => request.Count,
        ["RPS"] = request => request.RPS,
        ["Percent"] = request => request.Percent,
    };

    private static readonly Dictionary<string, Func<LatencyStats, double>> Latencies = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Min"] = latency => latency.MinMs,
        ["Mean"] = latency => latency.MeanMs,
        ["Max"] = latency => latency.MaxMs,
        ["StdDev"] = latency => latency.StdDev,
        ["P50"] = latency => latency.Percent50,
        ["P75"] = latency => latency.Percent75,
        ["P95"] = latency => latency.Percent95,
        ["P99"] = latency => latency.Percent99,
    };

    /// <summary>Null, and problems, when it cannot be read.</summary>
    public static Threshold? Read(ConfigNode node)
    {
        node.RejectOthers([.. Sides.Keys, "StepName", "AbortWhenErrorCount", "StartCheckAfter"]);
        string[] checks = [.. node.Names.Where(Sides.ContainsKey)];
        if (checks is not [var side] || node.Member(side) is not { } check)
        {
            node.Add($"needs one of {string.Join(", ", Sides.Keys)}");
            return null;
        }

        string? step = node.Member("StepName")?.Text();
        int? abortAfter = node.Member("AbortWhenErrorCount")?.Whole();
        TimeSpan? startAfter = node.Member("StartCheckAfter")?.Time();
        if (Holds(check, side) is not { } holds)
            return null;
        string text = $"{side}: {check.Text()}";
        return step is null
            ? Threshold.Create(scenario => holds(Sides[side](scenario.Ok, scenario.Fail)), abortAfter, startAfter, text)
            : Threshold.Create(step, one => holds(Sides[side](one.Ok, one.Fail)), abortAfter, startAfter, text);
    }

    private static Func<MeasurementStats, bool>? Holds(ConfigNode check, string side)
    {
        bool ofLatency = side.EndsWith("Latency", StringComparison.Ordinal);
        Match match = Written().Match(check.Text() ?? "");
        string metric = match.Groups["metric"].Value;
        Func<MeasurementStats, double>? measure =
            ofLatency && Latencies.TryGetValue(metric, out Func<LatencyStats, double>? latency) ? stats => latency(stats.Latency)
            : !ofLatency && Requests.TryGetValue(metric, out Func<RequestStats, double>? request) ? stats => request(stats.Request)
            : null;
        if (measure is null)
        {
            check.Add($"is no check such as \"{(ofLatency ? "P75 < 80" : "RPS >= 30")}\"; it takes "
                + string.Join(", ", ofLatency ? Latencies.Keys : Requests.Keys.AsEnumerable()));
            return null;
        }

        double limit = double.Parse(match.Groups["value"].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups["op"].Value switch
        {
            "<" => stats => measure(stats) < limit,
            "<=" => stats => measure(stats) <= limit,
            ">" => stats => measure(stats) > limit,
            ">=" => stats => measure(stats) >= limit,
            "!=" => stats => measure(stats) != limit,
            _ => stats => measure(stats) == limit,
        };
    }

    [GeneratedRegex(@"^\s*(?<metric>[A-Za-z0-9]+)\s*(?<op><=|>=|==|!=|=|<|>)\s*(?<value>\d+(\.\d+)?)\s*$")]
    private static partial Regex Written();
}
