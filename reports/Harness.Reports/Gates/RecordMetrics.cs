using Harness.Records;

namespace Harness.Reports.Gates;

/// <summary>The counts of a run that exact rules can name.</summary>
public static class RecordMetrics
{
    /// <summary>Every count by its name: <c>checks.failed</c>, <c>CHECK.number</c>, <c>SCENARIO.ok</c> and its siblings,
    /// <c>SERVICE.counter</c> summed over its labels.</summary>
    public static IReadOnlyDictionary<string, double> Of(RunFacts facts)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["checks.failed"] = facts.Verdict.Results.Count(result => result is { Kind: ResultKind.Check, Verdict: Verdict.Fail }),
        };
        foreach (CheckResult result in facts.Verdict.Results.Where(result => result.Kind == ResultKind.Check))
        {
            foreach ((string name, double number) in result.Numbers)
                metrics[$"{result.Name}.{name}"] = number;
        }

        foreach (var scenario in facts.Series.SelectMany(sample => sample.Scenarios).Where(sample => sample.Step is null).GroupBy(sample => sample.Scenario))
        {
            metrics[$"{scenario.Key}.ok"] = scenario.Sum(sample => sample.Ok);
            metrics[$"{scenario.Key}.refused"] = scenario.Sum(sample => sample.Refused);
            metrics[$"{scenario.Key}.unknown"] = scenario.Sum(sample => sample.Unknown);
            metrics[$"{scenario.Key}.dropped"] = scenario.Sum(sample => sample.Dropped);
        }

        foreach (string service in facts.Series.SelectMany(sample => sample.Services.Keys).Distinct())
            AddCounters(metrics, service, facts.Series);
        return metrics;
    }

    /// <summary>A counter's growth over the run; a service that was started again counts from zero, and what it had counted stays.</summary>
    private static void AddCounters(SortedDictionary<string, double> metrics, string service, IReadOnlyList<SeriesSample> series)
    {
        var last = new Dictionary<string, double>();
        foreach (SeriesSample sample in series)
        {
            if (!sample.Services.TryGetValue(service, out ServiceSample? said))
                continue;
            foreach ((string name, double total) in said.Metrics.Where(metric => metric.Key.Split('{')[0].EndsWith("_total", StringComparison.Ordinal)))
            {
                double before = last.GetValueOrDefault(name);
                string counter = $"{service}.{name.Split('{')[0]}";
                metrics[counter] = metrics.GetValueOrDefault(counter) + (total >= before ? total - before : total);
                last[name] = total;
            }
        }
    }
}
