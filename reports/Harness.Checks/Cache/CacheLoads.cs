using Harness.Records;

namespace Harness.Checks.Cache;

/// <summary>What the caches said of themselves over the whole run.</summary>
/// <param name="Nodes">Services that have a cache.</param>
/// <param name="Loads">Reads of the database to fill it.</param>
/// <param name="LoadsPeak">The most loads between two samples, which are a second apart.</param>
/// <param name="Misses">Reads that found nothing there.</param>
/// <param name="Waits">Misses that waited for another's load.</param>
/// <param name="Bypasses">Reads that went past it.</param>
public sealed record CacheLoads(int Nodes, double Loads, double LoadsPeak, double Misses, double Waits, double Bypasses)
{
    private const string LoadsMetric = "cache_loads_total";

    /// <summary>Adds the counters up; one that falls began again at 0.</summary>
    public static CacheLoads Of(IReadOnlyList<SeriesSample> series)
    {
        string[] nodes = [.. series.SelectMany(sample => sample.Services).Where(s => s.Value.Metrics.ContainsKey(LoadsMetric)).Select(s => s.Key).Distinct()];
        double[] loads = Steps(series, nodes, LoadsMetric);
        double Sum(string metric) => Steps(series, nodes, metric).Sum();
        return new CacheLoads(
            nodes.Length, loads.Sum(), loads.DefaultIfEmpty().Max(), Sum("cache_misses_total"), Sum("cache_lock_waits_total"), Sum("cache_bypasses_total"));
    }

    /// <summary>By how much a counter of all services rose from the first of these samples to the last.</summary>
    internal static double Growth(IReadOnlyList<SeriesSample> series, string metric)
    {
        string[] nodes = [.. series.SelectMany(sample => sample.Services).Where(s => s.Value.Metrics.ContainsKey(metric)).Select(s => s.Key).Distinct()];
        return nodes.Sum(node =>
        {
            double[] values = [.. series.Select(sample => sample.Services.GetValueOrDefault(node)?.Metrics.GetValueOrDefault(metric)).OfType<double>()];
            return values.Zip(values.Skip(1), (before, now) => now >= before ? now - before : now).Sum();
        });
    }

    // Of all nodes together, sample by sample.
    private static double[] Steps(IReadOnlyList<SeriesSample> series, string[] nodes, string metric)
    {
        double[] steps = new double[series.Count];
        foreach (string node in nodes)
        {
            double before = 0;
            for (int i = 0; i < series.Count; i++)
            {
                if (!series[i].Services.TryGetValue(node, out ServiceSample? sample) || !sample.Metrics.TryGetValue(metric, out double now))
                    continue;

                steps[i] += now >= before ? now - before : now;
                before = now;
            }
        }

        return steps;
    }
}
